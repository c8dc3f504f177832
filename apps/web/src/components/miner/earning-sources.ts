import { formatCount } from '../../format/count'
import { formatBtc } from '../../format/money'

/** By what a sum was earned: blocks, shares that were paid at once, or both. */
export function earningSources(earned: { readonly blockCount: number; readonly sharesSats: bigint }): string {
  const { blockCount, sharesSats } = earned
  const blocks = `by ${formatCount(blockCount)} block${blockCount === 1 ? '' : 's'}`
  if (sharesSats === 0n) return blocks
  return blockCount === 0 ? 'by shares' : `${blocks}, and ${formatBtc(sharesSats)} BTC by shares`
}
