import { listUnbookedBlocks, type UnbookedBlock } from '@headframe/db/block/list-unbooked-blocks'
import { listUnplacedBlocks } from '@headframe/db/block/list-unplaced-blocks'
import { placeBlock } from '@headframe/db/block/place-block'
import { findWindowEnd } from '@headframe/db/window/find-window-end'
import { z } from 'zod'
import type { Log } from '../log.js'
import { bookBlock, type BookModules } from '../payout/book-block.js'
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
  return {
    name: 'settle-block',
    schedule: { everyMs: 2_000 },
    schema: z.object({}),
    policy: OFTEN,
    async handler() {
      await placeBlocks(modules)
      for (let round = 0; round < MAX_ROUNDS; round++) {
        if (!(await bookBlocks(options, modules))) return
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

/**
 * One step for each block that is behind. Returns whether any was made. A block that fails does not hold up the
 * others; the first error is thrown when all have had their turn.
 */
async function bookBlocks(options: PayoutOptions, modules: SettleBlockModules): Promise<boolean> {
  const errors: unknown[] = []
  let hasMoved = false
  for (const block of await listUnbookedBlocks(modules.db.pool)) {
    try {
      if (await book(options, modules, block)) hasMoved = true
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
  return hasMoved
}

async function book(
  options: PayoutOptions,
  modules: SettleBlockModules,
  block: UnbookedBlock,
): Promise<boolean> {
  const { log, onChange } = modules
  const booking = await bookBlock(options, modules, block)
  if (booking === 'waiting' || booking === 'not-due') return false
  log.info({ hash: block.hash, height: block.height, mode: block.mode }, `the block is ${booking}`)
  onChange(block.hash)
  return true
}
