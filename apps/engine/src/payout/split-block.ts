import { schemeOf } from '@headframe/core/accounting/scheme-of'
import { SCORE_UNIT } from '@headframe/core/accounting/score'
import type { Network } from '@headframe/core/chain/network'
import { subsidySats } from '@headframe/core/chain/subsidy'
import type { UnbookedBlock } from '@headframe/db/block/list-unbooked-blocks'
import type { Split } from '@headframe/db/block/split'
import type { Database } from '@headframe/db/database'
import { listPoolScripts } from '@headframe/db/pool/list-pool-scripts'
import { readWindow, type WindowRead } from '@headframe/db/window/read-window'
import type { SharePosition } from '@headframe/db/window/share-position'
import type { RpcClient } from '../bitcoind/rpc-client.js'
import type { PayoutTerms } from './payout-terms.js'
import { readCoinbase } from './read-coinbase.js'

/** What is in force when a block is split. */
export interface PayoutOptions extends PayoutTerms {
  readonly network: Network
}

export interface SplitModules {
  readonly db: Database
  readonly rpc: Pick<RpcClient, 'call'>
}

const NO_WINDOW: WindowRead = { scores: new Map(), total: 0n, start: undefined }

/**
 * How the reward of a block is cut: what its coinbase really paid, by the scheme of the port that it was found on. Where
 * that has a window, it ends with the winning share. Where the coinbase has paid the window's miners, window and terms
 * are those that were frozen with its job.
 */
export async function splitBlock(
  { network, ...termsNow }: PayoutOptions,
  { db, rpc }: SplitModules,
  block: UnbookedBlock,
  windowEnd: SharePosition,
): Promise<Split> {
  const { paidWindow } = block
  const { feeBasisPoints, finderBonusBasisPoints, pplnsWindow } = paidWindow ?? termsNow
  const end = paidWindow ? { position: paidWindow.endPosition, index: paidWindow.endIndex } : windowEnd
  const scheme = schemeOf(block.mode)
  const paid = await readCoinbase(rpc, block, network, await listPoolScripts(db.pool))
  const length = BigInt(pplnsWindow) * SCORE_UNIT
  const { scores, start } = scheme.hasWindow ? await readWindow(db.pool, end, length) : NO_WINDOW
  return {
    reward: scheme.split({
      ...paid,
      feeBasisPoints,
      finderBonusBasisPoints,
      finder: block.finderAddress,
      scores,
    }),
    windowStart: start,
    donationSats: paid.donationSats,
    subsidySats: subsidySats(block.height, network),
    feeBasisPoints,
    pplnsWindow,
  }
}
