import { COINBASE_WITNESS_WEIGHT, WITNESS_SCALE_FACTOR } from '../chain/block-limits.js'
import { COINBASE_SCRIPT_MAX_SIZE } from '../chain/script.js'
import { legacySigops, SIGOP_COST } from '../chain/sigops.js'
import { witnessCommitmentScript } from '../chain/witness.js'
import type { BlockCost } from '../template/fit-transactions.js'
import { buildCoinbase, coinbaseSize } from './coinbase.js'
import { COINBASE_SIZE_CLASSES } from './coinbase-suffix.js'
import type { CoinbasePlan } from './coinbase-plan.js'
import { fillSuffix } from './open-suffix.js'

/** P2WSH and P2TR: no address has a longer script. */
const LONGEST_PAYOUT_SCRIPT = new Uint8Array(34)
/** P2PKH: no address has a script with more signature operations. */
const MOST_PAYOUT_SIGOPS = 1
/** Value, size and script of what has a signature operation for the fewest bytes. */
const P2PKH_OUTPUT_SIZE = 8 + 1 + 25
/** The template of a block so worth that no output is dust. */
const RICH_TEMPLATE = {
  height: 0x7fffffff,
  coinbaseValueSats: 2_100_000_000_000_000n,
  coinbaseFlags: new Uint8Array(0),
  witnessCommitmentScript: witnessCommitmentScript(new Uint8Array(32)),
}

/**
 * What the coinbases of a plan take of the limits of a block, at most: the largest variant, whoever is paid by it, with
 * an input script as long as any may be. The node's own flags in it are not looked into. `paysDirectly`: there may be
 * variants that pay the window's miners, as many as have room in the largest class.
 */
export function coinbaseReserve(plan: CoinbasePlan, paysDirectly = false): BlockCost {
  const variants = buildCoinbase({ template: RICH_TEMPLATE, jobId: '00000000', plan, poolTag: '' })
  const solo = fillSuffix(variants.soloSuffix, LONGEST_PAYOUT_SCRIPT)
  const suffixes = [variants.coinbaseSuffix, solo]
  const sizes = suffixes.map((coinbaseSuffix) => coinbaseSize({ ...variants, coinbaseSuffix }))
  const directSize = paysDirectly ? COINBASE_SIZE_CLASSES.at(-1)! : 0
  const strippedSize = Math.max(Math.max(...sizes) + COINBASE_SCRIPT_MAX_SIZE, directSize)
  return {
    weight: strippedSize * WITNESS_SCALE_FACTOR + COINBASE_WITNESS_WEIGHT,
    sizeBytes: strippedSize + COINBASE_WITNESS_WEIGHT,
    sigops: SIGOP_COST * (sigopsOf(plan) + Math.ceil(directSize / P2PKH_OUTPUT_SIZE)),
  }
}

function sigopsOf({ restScript, fixed, solo }: CoinbasePlan): number {
  const ofParts = (parts: readonly { readonly script: Uint8Array }[]): number =>
    parts.reduce((sum, { script }) => sum + legacySigops(script), 0)
  const ofPool = legacySigops(restScript) + ofParts(fixed)
  return Math.max(ofPool, MOST_PAYOUT_SIGOPS + ofParts(solo))
}
