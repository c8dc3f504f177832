import type { WindowContent } from '@headframe/core/accounting/pplns-window'
import { prefixSums } from '@headframe/core/accounting/split-reward'
import { equalBytes } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import type { Network } from '@headframe/core/chain/network'
import type { DirectPayee, DirectSplit } from '@headframe/core/job/direct-split'
import type { SharePosition } from '@headframe/db/window/share-position'
import type { PayoutTerms } from './payout-terms.js'

/** More than the largest coinbase has room for: 16,000 bytes, and an output has 31 at least. */
const MAX_PAYEES = 516

export interface FreezeOptions {
  readonly network: Network
  readonly terms: PayoutTerms
  /** The pool's own: whoever mines to it is owed, so that its coins stay apart from his. */
  readonly restScript: Uint8Array
}

/** Whom coinbases pay by a window that ended at `end`: the miners with most of it. Undefined for an empty window. */
export function freezeWindow(
  end: SharePosition,
  { scores }: Pick<WindowContent, 'scores'>,
  { network, terms, restScript }: FreezeOptions,
): DirectSplit | undefined {
  if (scores.size === 0) return undefined
  const { total, lines } = prefixSums(scores)
  const largestFirst = [...lines].sort((a, b) => (a.score === b.score ? 0 : a.score > b.score ? -1 : 1))
  const payees = largestFirst.slice(0, MAX_PAYEES).flatMap(({ miner, prefixBefore, prefixAfter }) => {
    const parsed = parseAddress(miner, network)
    if (!parsed.ok || equalBytes(parsed.script, restScript)) return []
    return [{ script: parsed.script, prefixBefore, prefixAfter } satisfies DirectPayee]
  })
  return { window: { endPosition: end.position, endIndex: end.index, ...terms }, total, payees }
}
