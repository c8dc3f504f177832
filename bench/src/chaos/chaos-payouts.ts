import { Random } from '../soak/random.js'
import { Chaos, type ChaosResult } from './chaos.js'
import type { ChaosOptions } from './chaos-options.js'
import { PayGround } from './pay-ground.js'

/** Chaos on a node and a database of its own; nothing of them is left behind. */
export async function chaosPayouts(options: ChaosOptions, say: (text: string) => void): Promise<ChaosResult> {
  const ground = await PayGround.open()
  try {
    return await new Chaos({ ground, random: new Random(options.seed), say }).run(options)
  } finally {
    await ground.close()
  }
}
