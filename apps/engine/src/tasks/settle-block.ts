import { OverpaidMiner } from '@headframe/core/accounting/pplns'
import { setAlarms } from '@headframe/db/alarm/alarms'
import { listUnbookedBlocks, type UnbookedBlock } from '@headframe/db/block/list-unbooked-blocks'
import { listUnplacedBlocks } from '@headframe/db/block/list-unplaced-blocks'
import { placeBlock } from '@headframe/db/block/place-block'
import { findWindowEnd } from '@headframe/db/window/find-window-end'
import { SegmentPruned } from '@headframe/db/window/read-shares'
import { z } from 'zod'
import type { Log } from '../log.js'
import { bookBlock, type BookModules } from '../payout/book-block.js'
import { CoinbaseNotOurs } from '../payout/read-coinbase.js'
import type { PayoutOptions } from '../payout/split-block.js'
import { OFTEN, type Task } from './task.js'

export interface SettleBlockModules extends BookModules {
  readonly log: Log
  /** Told of each block whose money has moved. */
  readonly onChange: (hash: string) => void
}

/** Credit, maturity, and a reversal before either: no block needs more steps at once. */
const MAX_ROUNDS = 3

/** Brings the ledger to where the chain is, block by block, in the order in which blocks were found. */
export function settleBlockTask(options: PayoutOptions, modules: SettleBlockModules): Task {
  const round = new BookingRound(options, modules)
  return {
    name: 'settle-block',
    schedule: { everyMs: 2_000 },
    schema: z.object({}),
    policy: OFTEN,
    async handler() {
      await placeBlocks(modules)
      for (let n = 0; n < MAX_ROUNDS; n++) {
        if (!(await round.run())) return
      }
    },
  }
}

/** Finds the place in the order of shares for blocks whose last share has arrived. */
async function placeBlocks({ db }: SettleBlockModules): Promise<void> {
  for (const block of await listUnplacedBlocks(db.pool)) {
    const end = await findWindowEnd(db.pool, block)
    if (end !== undefined) await placeBlock(db.pool, block.hash, end)
  }
}

/** One step for each block that is behind. */
class BookingRound {
  readonly #options: PayoutOptions
  readonly #modules: SettleBlockModules
  /** Blocks that an alarm was raised for; only those that are still behind stay in it. */
  #alarmed: ReadonlyMap<string, string> = new Map()
  #isTold = false

  constructor(options: PayoutOptions, modules: SettleBlockModules) {
    this.#options = options
    this.#modules = modules
  }

  /** Returns whether any step was made. Throws when the node or the database is away. */
  async run(): Promise<boolean> {
    const alarmed = new Map<string, string>()
    let hasMoved = false
    for (const block of await listUnbookedBlocks(this.#modules.db.pool)) {
      try {
        if (await this.#book(block)) hasMoved = true
      } catch (error) {
        if (!isOfTheBlock(error)) throw error
        this.#alarm(block, error)
        alarmed.set(block.hash, `Block ${block.height} cannot be settled: ${error.message}`)
      }
    }
    if (alarmed.size > 0 || this.#alarmed.size > 0 || !this.#isTold) await this.#keepAlarms(alarmed)
    this.#alarmed = alarmed
    return hasMoved
  }

  /** Once at the start, too: what stood there before may be mended. */
  async #keepAlarms(alarmed: ReadonlyMap<string, string>): Promise<void> {
    const alarms = [...alarmed].map(([subject, message]) => ({ subject, message }))
    await setAlarms(this.#modules.db.pool, 'block', alarms, this.#modules.nowMs())
    this.#isTold = true
  }

  async #book(block: UnbookedBlock): Promise<boolean> {
    const { log, onChange } = this.#modules
    const booking = await bookBlock(this.#options, this.#modules, block)
    if (booking === 'waiting' || booking === 'not-due') return false
    const { hash, height, mode } = block
    log.info({ hash, height, mode }, `the block is ${booking}`)
    onChange(hash)
    return true
  }

  #alarm({ hash, height }: UnbookedBlock, error: Error): void {
    if (this.#alarmed.has(hash)) return
    this.#modules.log.fatal({ hash, height, reason: error.message }, 'the block cannot be settled')
  }
}

/** Faults of one block, which trying again does not mend and which must not hold up the others. */
function isOfTheBlock(error: unknown): error is Error {
  return [CoinbaseNotOurs, OverpaidMiner, SegmentPruned].some((kind) => error instanceof kind)
}
