import { creditBlock } from '@headframe/db/block/credit-block'
import type { UnbookedBlock } from '@headframe/db/block/list-unbooked-blocks'
import { matureBlock } from '@headframe/db/block/mature-block'
import { reverseBlock } from '@headframe/db/block/reverse-block'
import { splitBlock, type PayoutOptions, type SplitModules } from './split-block.js'

export interface BookModules extends SplitModules {
  readonly nowMs: () => number
}

export type Booking = 'credited' | 'matured' | 'reversed' | 'waiting' | 'not-due'

/** Takes the ledger one step towards what the chain says of a block. `waiting`: its last shares have not arrived. */
export async function bookBlock(
  options: PayoutOptions,
  modules: BookModules,
  block: UnbookedBlock,
): Promise<Booking> {
  const { db, nowMs } = modules
  const { hash, status, bookedStatus, windowEnd } = block
  if (status === 'stale' || bookedStatus === 'mature') return reverseBlock(db, hash, nowMs())
  if (bookedStatus === 'immature') return matureBlock(db, hash, nowMs())
  if (block.isSettled) return creditBlock(db, hash, undefined, nowMs())
  if (windowEnd === undefined) return 'waiting'
  return creditBlock(db, hash, await splitBlock(options, modules, block, windowEnd), nowMs())
}
