import { readChainTip } from '@headframe/db/pool/read-chain-tip'
import { poolSettings, type Context } from './context'

/** What turns the height of a payout into words: the tip, and how many confirmations are wanted. */
export interface PayoutReach {
  readonly tipHeight: number | undefined
  /** From which on a payment counts as made; undefined when nothing is paid on chain now. */
  readonly confirmationsWanted: number | undefined
}

export async function readPayoutReach(context: Context): Promise<PayoutReach> {
  const [tip, settings] = await Promise.all([readChainTip(context.database.pool), poolSettings(context)])
  return { tipHeight: tip?.height, confirmationsWanted: settings?.payouts?.confirmations }
}

/** As the node counts: 1 = in the tip. The pool may hear of a payout's block before it hears of the tip. */
export function confirmationsAt(height: number | undefined, { tipHeight }: PayoutReach): number | undefined {
  if (height === undefined) return undefined
  return Math.max(1, (tipHeight ?? height) - height + 1)
}
