import type { Log } from '../log.js'
import type { FoundBlock } from './found-block.js'
import type { KeepBlock, KeptBlock } from './keep-block.js'
import type { BlockSender } from './send-block.js'
import type { OnSubmitStep } from './submit-step.js'
import { UnderWay } from './under-way.js'

export interface SubmitBlockModules {
  readonly keeper: Pick<KeepBlock, 'keep'>
  readonly sender: Pick<BlockSender, 'send' | 'close' | 'signal'>
  readonly log: Log
  /** For durations: fractions of a ms, never set back. */
  readonly monotonicMs: () => number
  readonly onStep?: OnSubmitStep
}

/** What becomes of a found block: on disk first, then sent to all nodes, then each answer on disk. */
export class BlockSubmitter {
  readonly #modules: SubmitBlockModules
  readonly #underWay: UnderWay

  constructor(modules: SubmitBlockModules) {
    this.#modules = modules
    const { log, sender } = modules
    this.#underWay = new UnderWay((error) => {
      if (!sender.signal.aborted) log.error({ err: error }, 'a block cannot be sent')
    })
  }

  /** Returns at once; the share that carries the block does not wait. */
  submit(found: FoundBlock): void {
    this.#underWay.add(this.#bring(found, this.#modules.monotonicMs()))
  }

  /** Waits for the calls under way; what nodes cannot answer now is sent again at the next start. */
  async close(): Promise<void> {
    await this.#modules.sender.close()
    await this.#underWay.settle()
  }

  async #bring(found: FoundBlock, startedAtMs: number): Promise<void> {
    const { keeper, sender, onStep } = this.#modules
    onStep?.('found')
    const kept = await keeper.keep(found, sender.signal)
    onStep?.('kept')
    const sending = sender.send(found.candidate, kept.blockHex, startedAtMs)
    await Promise.all([sending, this.#makeWhole(found, kept, sending)])
  }

  /** Files for the operator, and for the next start: once the block is on its way. */
  async #makeWhole({ candidate }: FoundBlock, kept: KeptBlock, sending: Promise<void>): Promise<void> {
    const { log, onStep } = this.#modules
    try {
      await Promise.race([sending.catch(() => undefined), kept.breath()])
      await kept.makeWhole()
      onStep?.('whole')
    } catch (error) {
      log.error({ err: error, hash: candidate.hash }, 'the files of a block cannot be written')
    }
  }
}
