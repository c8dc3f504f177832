import type { ChainWindow } from '../chain/chain-window.js'
import { earliestNextTime } from '../chain/earliest-next-time.js'
import { nextNbits } from '../chain/next-nbits.js'
import { subsidySats } from '../chain/subsidy.js'
import type { BlockTemplate } from './block-template.js'

/** The node's last template, on whatever tip: how it signals, and what it wants in a coinbase. */
export type LastTemplate = Pick<BlockTemplate, 'version' | 'coinbaseFlags'>

/**
 * A block without transactions on the window's tip, as the node would offer it: miners get work on a new tip at once,
 * and the node takes its time with the full one. Undefined where more would have to be known: on signet each block is
 * signed by its operator.
 *
 * Without transactions there is no witness, so no commitment is needed and the coinbase has none (BIP 141).
 * On networks with a rule of minimum difficulty nbits hold for `ntime`, as in a node's template.
 */
export function emptyTemplate(
  window: ChainWindow,
  last: LastTemplate,
  nowSeconds: number,
): BlockTemplate | undefined {
  if (window.network === 'signet') return undefined
  const height = window.height + 1
  const mintime = earliestNextTime(window)
  const ntime = Math.max(mintime, nowSeconds)
  return {
    height,
    version: last.version,
    prevHash: window.hash,
    nbits: nextNbits(window, ntime),
    ntime,
    mintime,
    coinbaseValueSats: subsidySats(height, window.network),
    feesSats: 0n,
    coinbaseFlags: last.coinbaseFlags,
    witnessCommitmentScript: undefined,
    transactions: new Uint8Array(0),
    transactionCount: 0,
    transactionsWeight: 0,
    merklePath: [],
    longpollId: undefined,
  }
}
