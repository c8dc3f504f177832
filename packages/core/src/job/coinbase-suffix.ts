import { compactSize, concatBytes, joinBytes, uint64LE } from '../bytes.js'
import { serialiseOutput, type TransactionOutput } from '../chain/transaction.js'
import { cutValue, type CoinbasePlan, type PlannedOutput } from './coinbase-plan.js'
import { payDirectly, type DirectSplit } from './direct-split.js'
import type { OpenSuffix } from './open-suffix.js'

/**
 * What mining clients take as a coinbase, without witness, in bytes (the engine's `stratum/built-in-profiles.ts` says
 * which takes what). A variant is built for each, and one that has no payee at all for those that take less.
 */
export const COINBASE_SIZE_CLASSES: readonly number[] = [500, 750, 2_250, 6_500, 16_000]

/** What the outputs of a coinbase stand between, and what they come to. */
export interface SuffixParts {
  readonly valueSats: bigint
  /** Stands behind the other outputs, with a value of 0. */
  readonly commitmentScript: Uint8Array | undefined
  /** Bytes in front of the suffix. */
  readonly prefixSize: number
  /** Of the suffix, in front of the number of outputs and behind the last one. */
  readonly before: Uint8Array
  readonly behind: Uint8Array
}

export interface ClassSuffixes {
  /** One for each size class that has room for more miners than the one before it, the smallest first: with none. */
  readonly suffixes: readonly Uint8Array[]
  /** How many outputs stand in front of those of miners: the pool's, and those of the plan's parts. */
  readonly ownOutputs: number
}

/** The pool's own outputs, and behind them the miners that `direct` names, as far as there is room. */
export function suffixesByClass(
  plan: CoinbasePlan,
  direct: DirectSplit | undefined,
  parts: SuffixParts,
): ClassSuffixes {
  const { before, behind, prefixSize } = parts
  const { parts: fixed, restSats } = cutValue(parts.valueSats, plan.fixed)
  const fixedBytes = fixed.map(serialiseOutput)
  const payees = direct === undefined ? [] : payDirectly(direct, restSats)
  const payeeBytes = payees.map(serialiseOutput)
  const commitment = commitmentBytes(parts)
  const suffixFor = (count: number): Uint8Array => {
    const valueSats = restSats - sumOf(payees.slice(0, count))
    const rest = serialiseOutput({ valueSats, script: plan.restScript })
    const outputs = [rest, ...fixedBytes, ...payeeBytes.slice(0, count), ...commitment]
    return joinBytes([before, compactSize(outputs.length), ...outputs, behind])
  }
  const suffixes = [suffixFor(0)]
  const smallestSize = prefixSize + suffixes[0]!.length
  const others = 1 + fixedBytes.length + commitment.length
  let count = 0
  for (const maxBytes of COINBASE_SIZE_CLASSES) {
    const fitting = countWithin(maxBytes - smallestSize, payeeBytes, others)
    if (fitting > count) suffixes.push(suffixFor(fitting))
    count = fitting
  }
  return { suffixes, ownOutputs: 1 + fixed.length }
}

/** For a block whose finder is paid by its coinbase: all but the parts is his. */
export function openSuffix(fixed: readonly PlannedOutput[], parts: SuffixParts): OpenSuffix {
  const cut = cutValue(parts.valueSats, fixed)
  const others = [...cut.parts.map(serialiseOutput), ...commitmentBytes(parts)]
  const head = concatBytes(parts.before, compactSize(1 + others.length), uint64LE(cut.restSats))
  return { bytes: joinBytes([head, ...others, parts.behind]), payoutAt: head.length }
}

function commitmentBytes({ commitmentScript }: SuffixParts): Uint8Array[] {
  return commitmentScript === undefined ? [] : [serialiseOutput({ valueSats: 0n, script: commitmentScript })]
}

function sumOf(outputs: readonly TransactionOutput[]): bigint {
  return outputs.reduce((sum, { valueSats }) => sum + valueSats, 0n)
}

/** How many of the outputs fit into `room` beside `others`: the number of outputs takes more bytes from 253 on. */
function countWithin(room: number, outputs: readonly Uint8Array[], others: number): number {
  const countSize = compactSize(others).length
  let bytes = 0
  for (const [index, output] of outputs.entries()) {
    bytes += output.length
    if (bytes + compactSize(others + index + 1).length - countSize > room) return index
  }
  return outputs.length
}
