import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NodeAnswer } from '@headframe/core/block/candidate'
import { solve } from '@headframe/miner/solve'
import { StratumClient } from '@headframe/miner/stratum-client'
import { nobodysAddress, openServePool } from './serve-pool.js'
import type { Row } from './report.js'
import { rowOfRounds } from './rounds.js'

const BLOCKS = 50

/** From the arrival of a share that is a block to the node's answer: saved to disk, sent, checked by the node. */
export async function benchAnswers(): Promise<Row[]> {
  const pool = await openServePool({ chain: 'regtest', port: 'fixed=1e-9' })
  try {
    const client = await StratumClient.connect({ host: '127.0.0.1', port: pool.stratumPort })
    await client.subscribe()
    await client.authorize(nobodysAddress('regtest'))
    let prevHash: Uint8Array = new Uint8Array(32)
    for (let block = 0; block < BLOCKS; block++) {
      const job = await client.jobWhere((next) => Buffer.compare(next.prevHash, prevHash) !== 0)
      prevHash = job.prevHash
      const answer = await client.submit(solve(job, { wanted: 'block' }))
      if (!answer.isAccepted) throw new Error(`a block was refused: ${answer.text}`)
    }
    await client.jobWhere((next) => Buffer.compare(next.prevHash, prevHash) !== 0)
    await client.close()
    const tookMs = await readTimes(join(pool.dataDir, 'blocks'))
    const what = `block share in to submitblock answered, ${tookMs.length} blocks`
    return [rowOfRounds({ what, unit: 'ms' }, tookMs)]
  } finally {
    await pool.close()
  }
}

/** What the engine wrote down beside each block. */
async function readTimes(directory: string): Promise<number[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.answers'))
  const answers = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')))
  return answers
    .map((text) => JSON.parse(text.split('\n', 1)[0]!) as NodeAnswer)
    .map(({ result, tookMs }) => {
      if (result !== null) throw new Error(`the node refused a block: ${result}`)
      return tookMs
    })
}
