import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monotonicMs } from '../measure/monotonic-clock.js'
import { openServePool } from '../serve-pool.js'
import { NO_LIMITS } from '../with-pool.js'
import { NodePair } from './node-pair.js'
import { Random } from './random.js'
import { Soak, type SoakResult } from './soak.js'
import type { SoakOptions } from './soak-options.js'

/** A soak of a pool and two nodes of its own; nothing of them is left behind. */
export async function soakPool(options: SoakOptions, say: (text: string) => void): Promise<SoakResult> {
  const directory = await mkdtemp(join(tmpdir(), 'headframe-soak-'))
  const pair = await NodePair.start(directory)
  try {
    const environment = { ...NO_LIMITS, TEMPLATE_REFRESH_SECONDS: '30' }
    const pool = await openServePool({ chain: 'regtest', port: 'fixed=1e-9', nodes: pair.nodes, environment })
    try {
      const modules = { pool, pair, random: new Random(options.seed), nowMs: monotonicMs, say }
      return await new Soak(options, modules).run()
    } finally {
      await pool.close()
    }
  } finally {
    await pair.close()
    await rm(directory, { recursive: true, force: true })
  }
}
