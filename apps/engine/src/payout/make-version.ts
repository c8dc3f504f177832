import { serialiseWithoutWitness, type Transaction } from '@headframe/core/chain/transaction'
import type { PayoutBatch } from '@headframe/core/payout/batch'
import { judgePayment, outpointsOf } from '@headframe/core/payout/judge-payment'
import { MAX_VERSIONS } from '@headframe/core/payout/next-step'
import { unsignedTransactionOf } from '@headframe/core/payout/read-psbt'
import { PayoutProblem } from '../wallet/payout-problem.js'
import type { PayoutWallet } from '../wallet/payout-wallet.js'
import type { PaymentOptions } from './payment-options.js'
import type { PayoutStore } from './payout-store.js'

export interface PayModules {
  readonly store: PayoutStore
  readonly wallet: PayoutWallet
  readonly nowMs: () => number
}

/** How much a fee has to rise to be worth another version: by a quarter, */
const RAISE = 1.25
/** and by more satoshis a virtual byte than the one that nodes ask for (BIP 125, rule 4; INCREMENTAL_RELAY_FEE). */
const MIN_RAISE = 1.5
/** What an input's signature adds to a transaction, virtual bytes: P2PKH, the largest that a wallet of one key has. */
const MAX_SIGNATURE_VBYTES = 108

/** Has the first transaction made that pays a batch, and writes it down. */
export async function fundBatch(
  options: PaymentOptions,
  modules: PayModules,
  batch: PayoutBatch,
  height: number,
): Promise<void> {
  const feeRate = Math.min(await modules.wallet.estimateFeeRate(), options.maxFeeRate)
  await makeVersion(options, modules, batch, { feeRate, height })
}

/**
 * Has a version with a higher fee made. It spends at least what the first one does, so that only one of them can ever
 * confirm. Returns false when the fee of the newest is high enough for what nodes ask now; `isWanted`: it is not.
 */
export async function raiseFee(
  options: PaymentOptions,
  modules: PayModules,
  batch: PayoutBatch,
  height: number,
  isWanted: boolean,
): Promise<boolean> {
  const newest = batch.versions.at(-1)!
  if (newest.number >= MAX_VERSIONS)
    throw new PayoutProblem(
      'fee-too-low',
      `version ${newest.number} is the last that the pool makes by itself`,
    )
  const least = Math.max(newest.feeRate * RAISE, newest.feeRate + MIN_RAISE)
  const estimate = await modules.wallet.estimateFeeRate()
  if (!isWanted && estimate < least) return false
  const feeRate = Math.max(least, Math.min(estimate, options.maxFeeRate))
  if (feeRate > options.maxFeeRate) {
    const now = `its fee is ${newest.feeRate} satoshis a virtual byte, and ${least} would be the next`
    throw new PayoutProblem('fee-too-low', `${now}: more than PAYOUT_MAX_FEE_RATE allows`)
  }
  await makeVersion(options, modules, batch, { feeRate, height })
  return true
}

async function makeVersion(
  options: PaymentOptions,
  { store, wallet, nowMs }: PayModules,
  batch: PayoutBatch,
  { feeRate, height }: { readonly feeRate: number; readonly height: number },
): Promise<void> {
  const earlier = batch.versions.map(({ unsigned }) => unsigned)
  const first = earlier[0]
  // Later versions pay to the satoshi what the first one does; what they cost more is not the payees'.
  const isFeeOfPayees = batch.feePayer === 'payees' && first === undefined
  const inputs = first === undefined ? [] : outpointsOf(first)
  const outputs = first === undefined ? batch.items.map(toOutput) : toldOutputs(batch, first)
  const { psbt, feeSats } = await wallet.fund(outputs, { feeRate, isFeeOfPayees, inputs })
  const unsigned = unsignedTransactionOf(psbt)
  const maxFeeSats = BigInt(Math.ceil(options.maxFeeRate * maxSizeOf(unsigned)))
  const verdict = judgePayment(unsigned, { ...batch, feeSats, maxFeeSats, earlier })
  if (!verdict.ok)
    throw new PayoutProblem('payment-differs', `the wallet's transaction is not used: ${verdict.problem}`)
  if (verdict.changeScript !== undefined && !(await wallet.owns(verdict.changeScript)))
    throw new PayoutProblem(
      'payment-differs',
      "the wallet's transaction is not used: its change goes elsewhere",
    )
  const sent = batch.items.map(({ address }, i) => ({ address, sentSats: verdict.sentSats[i]! }))
  const version = { psbt, feeSats, feeRate, fundedHeight: height, fundedAtMs: nowMs() }
  await store.fund(batch.id, version, sent)
  await wallet.lock(outpointsOf(unsigned))
}

function toOutput({ script, amountSats }: PayoutBatch['items'][number]): Transaction['outputs'][number] {
  return { script, valueSats: amountSats }
}

/** What an earlier version pays the items. */
function toldOutputs({ items }: PayoutBatch, first: Transaction): Transaction['outputs'][number][] {
  const outputs = [...first.outputs]
  return items.map(({ script }) => {
    const at = outputs.findIndex((output) => Buffer.compare(output.script, script) === 0)
    return outputs.splice(at, 1)[0]!
  })
}

function maxSizeOf(unsigned: Transaction): number {
  return serialiseWithoutWitness(unsigned).length + unsigned.inputs.length * MAX_SIGNATURE_VBYTES
}
