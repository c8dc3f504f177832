import type { FoundBlock } from '@headframe/db/block/list-blocks'
import { effortOfScore } from '@headframe/core/accounting/effort'

/** A block as the pages show it: its effort as a ratio, and which of the two values its reward is. */
export function describeBlock(block: FoundBlock) {
  const { roundScore, templateValueSats, coinbaseValueSats, ...rest } = block
  return {
    ...rest,
    effort: roundScore === undefined ? undefined : effortOfScore(roundScore),
    valueSats: coinbaseValueSats ?? templateValueSats,
    /** False while the value is only what the template stated. */
    isSettled: coinbaseValueSats !== undefined,
  }
}

export type DescribedBlock = ReturnType<typeof describeBlock>
