import { z } from 'zod'
import { payoutMode } from './pool'
import { big, count, hash, listOf, maybe, sats, timeMs } from './values'

export const blockStatus = z.enum(['candidate', 'immature', 'mature', 'stale'])

/** What `describeBlock` gives. */
export const block = z
  .object({
    hash,
    height: z.number(),
    status: blockStatus,
    confirmations: count.describe('As the node counts: 1 = the tip, 0 = not on the best chain.'),
    mode: payoutMode,
    foundAtMs: timeMs,
    finder: z.object({ address: z.string(), workerName: z.string() }),
    effort: maybe(z.number()).describe("Work of its round over the network's expected work: 1 is average."),
    valueSats: sats,
    isSettled: z.boolean().describe('False while the value is only what the template stated.'),
  })
  .meta({ id: 'Block', description: 'A block the pool found.' })

const standingReasons = listOf(z.object({ reason: z.string(), meaning: z.string() }))

/** What `standingOf` gives. */
export const blockStanding = z
  .object({
    nodeCount: count,
    takenCount: count,
    refusals: standingReasons,
    waits: standingReasons,
  })
  .meta({ id: 'BlockStanding', description: "How a block stands with the pool's nodes that have spoken." })

/** What `describeAnswers` gives. */
export const blockAnswer = z
  .object({
    node: z.string(),
    call: z.enum(['submitblock', 'preciousblock']),
    answeredAtMs: timeMs,
    tookMs: z.number(),
    standing: z.enum(['accepted', 'open', 'refused']),
    meaning: z.string(),
    reason: z
      .string()
      .nullable()
      .describe('A reason of BIP 22 or the kind of failure; null when the node accepted.'),
  })
  .meta({ id: 'BlockAnswer', description: 'What a node said of a block.' })

export const blockSplit = z
  .object({
    coinbaseValueSats: sats,
    donationSats: sats,
    subsidySats: sats,
    feesSats: sats,
    feeBasisPoints: z.number(),
    poolFeeSats: sats,
    rewardSats: sats,
    finderBonusSats: sats,
    finderBonusBasisPoints: z.number(),
    pplnsWindow: z.number(),
    windowTotal: big.describe('Sum of the scores that share the reward, units of 2^-96.'),
    minerCount: count,
    settledAtMs: timeMs,
  })
  .meta({ id: 'BlockSplit', description: "How a block's reward was split." })

/** One line of a split: his score stands between the prefix sums before and after it. */
export const splitLine = z.object({
  amountSats: sats,
  bonusSats: sats.describe('What of it the miner has for finding the block.'),
  directSats: sats.describe("What of it the block's coinbase has paid to the miner himself."),
  score: big.describe('Units of 2^-96.'),
  prefixBefore: big,
  prefixAfter: big,
})
