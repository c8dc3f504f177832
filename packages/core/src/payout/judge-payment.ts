import { bytesToHex, equalBytes, reversedBytes } from '../bytes.js'
import type { Transaction, TransactionOutput } from '../chain/transaction.js'
import type { FeePayer, Outpoint, PayoutItem } from './batch.js'
import { isSameCoin, signedDifference } from './signed-difference.js'

/** What a transaction has to do before the pool puts its name to it. */
export interface PaymentTerms {
  readonly feePayer: FeePayer
  readonly items: readonly PayoutItem[]
  /** What the wallet says that it costs. */
  readonly feeSats: bigint
  /** More is refused, whoever bears it. */
  readonly maxFeeSats: bigint
  /** The transactions that would pay the same: it has to spend what each of them spends. */
  readonly earlier: readonly Transaction[]
}

/** `changeScript`: where what is left goes, to be asked of the wallet; undefined when nothing is. */
export type PaymentVerdict =
  | {
      readonly ok: true
      /** What each item's output has, in the order of the items. */
      readonly sentSats: readonly bigint[]
      readonly changeScript: Uint8Array | undefined
    }
  | { readonly ok: false; readonly problem: string }

/**
 * Whether a transaction pays a batch and nothing else: an output for each item, at most one more for the change, the
 * amounts those of the items, less no more than the fee where payees bear it, and the same coins spent as by every
 * transaction that was made for the batch before. The wallet is asked for a payment, not believed.
 */
export function judgePayment(transaction: Transaction, terms: PaymentTerms): PaymentVerdict {
  const { items, feeSats, maxFeeSats, earlier } = terms
  if (feeSats < 0n || feeSats > maxFeeSats)
    return wrong(`it costs ${feeSats} satoshis, and ${maxFeeSats} are allowed`)
  for (const other of earlier) {
    if (!spendsAllOf(transaction, other)) return wrong('it does not spend what an earlier version spends')
  }
  const { sentSats, others } = sortOutputs(transaction, items)
  for (const [i, { address }] of items.entries())
    if (sentSats[i] === 0n) return wrong(`it does not pay ${address}`)
  if (others.length > 1) return wrong(`it has ${others.length} outputs that nobody asked for`)
  const problem = problemOfAmounts(sentSats, terms)
  return problem === undefined ? { ok: true, sentSats, changeScript: others[0]?.script } : wrong(problem)
}

/** What each item's output has, 0 where there is none, and the outputs that are no item's. */
function sortOutputs(
  { outputs }: Transaction,
  items: readonly PayoutItem[],
): { readonly sentSats: bigint[]; readonly others: readonly TransactionOutput[] } {
  const others = [...outputs]
  const sentSats = items.map((item) => {
    const at = others.findIndex(({ script }) => equalBytes(script, item.script))
    return at < 0 ? 0n : others.splice(at, 1)[0]!.valueSats
  })
  return { sentSats, others }
}

/** A signed transaction against the one that was to be signed: all but scripts and witnesses has to be the same. */
export function isSignedFormOf(signed: Transaction, unsigned: Transaction): boolean {
  return signedDifference(signed, unsigned) === undefined
}

/** What a transaction spends. */
export function outpointsOf({ inputs }: Transaction): Outpoint[] {
  return inputs.map(({ prevTxid, prevIndex }) => ({
    txid: bytesToHex(reversedBytes(prevTxid)),
    index: prevIndex,
  }))
}

export function spendsAllOf(transaction: Transaction, other: Transaction): boolean {
  return other.inputs.every((input) => transaction.inputs.some((own) => isSameCoin(own, input)))
}

function problemOfAmounts(sentSats: readonly bigint[], terms: PaymentTerms): string | undefined {
  const { items, feePayer, feeSats, earlier } = terms
  // A higher fee of a later version is the pool's: what a payee was told he gets, he gets.
  const toldSats = earlier[0] && sortOutputs(earlier[0], items).sentSats
  let missingSats = 0n
  for (const [i, { address, amountSats }] of items.entries()) {
    const sent = sentSats[i]!
    const isDue = feePayer === 'pool' ? sent === amountSats : sent <= amountSats
    if (!isDue) return `it pays ${address} ${sent} satoshis, and ${amountSats} are due`
    if (toldSats !== undefined && sent !== toldSats[i])
      return `it pays ${address} ${sent} satoshis, and an earlier version ${toldSats[i]!}`
    missingSats += amountSats - sent
  }
  if (missingSats > feeSats) return `it takes ${missingSats} satoshis off the payees for a fee of ${feeSats}`
  return undefined
}

function wrong(problem: string): PaymentVerdict {
  return { ok: false, problem }
}
