import { bytesToHex, reversedBytes } from '@headframe/core/bytes'
import { parseTransaction, txid } from '@headframe/core/chain/transaction'
import type { PayoutBatch, PayoutVersion, SignedPayment } from '@headframe/core/payout/batch'
import { isSignedFormOf } from '@headframe/core/payout/judge-payment'
import { nextStep, type Step } from '@headframe/core/payout/next-step'
import { PayoutProblem } from '../wallet/payout-problem.js'
import type { Sent } from '../wallet/payout-wallet.js'
import { lookAtVersions } from './look-at-versions.js'
import { fundBatch, raiseFee, type PayModules } from './make-version.js'
import type { PaymentOptions } from './payment-options.js'
import { resolveConflict } from './resolve-conflict.js'

/** How the world is in one run. */
export interface RunState {
  readonly isPaused: boolean
  /** Of the wallet's node. */
  readonly height: number
}

/**
 * Takes a batch one step on, from what is written down and what the chain says, and from nothing that is remembered:
 * whoever comes after a crash does the same. `waiting`: nothing is due. Throws PayoutProblem when it cannot go on.
 */
export async function stepBatch(
  options: PaymentOptions,
  modules: PayModules,
  batch: PayoutBatch,
  state: RunState,
): Promise<'moved' | 'waiting'> {
  const { store, wallet, nowMs } = modules
  const sightings =
    batch.state === 'cancelled' ? new Map<never, never>() : await lookAtVersions(wallet, batch)
  const step = nextStep(batch, sightings, { ...options, isPaused: state.isPaused, nowMs: nowMs() })
  switch (step.kind) {
    case 'wait':
      return 'waiting'
    case 'fund':
      await fundBatch(options, modules, batch, state.height)
      return 'moved'
    case 'sign':
      return sign(options, modules, batch, step.version)
    case 'send':
      return send(options, modules, batch, step.version, state)
    case 'resend':
      return resend(options, modules, batch, state)
    case 'bump':
      return (await raiseFee(options, modules, batch, state.height, batch.bumpRequested))
        ? 'moved'
        : 'waiting'
    case 'confirm':
      await store.confirm(batch.id, placeOf(step), nowMs())
      return 'moved'
    case 'settle':
      await store.settle(batch.id, nowMs())
      return 'moved'
    case 'reopen':
      await store.reopen(batch.id, nowMs())
      return 'moved'
  }
}

function placeOf({ version, sighting }: Extract<Step, { kind: 'confirm' }>) {
  return { version: version.number, blockHash: sighting.blockHash, height: sighting.height }
}

async function sign(
  options: PaymentOptions,
  modules: PayModules,
  batch: PayoutBatch,
  version: PayoutVersion,
): Promise<'moved'> {
  const { store, wallet, nowMs } = modules
  if (options.signing === 'operator') {
    // He may have sent it himself.
    if ((await resolveConflict(options, modules, batch)) === 'resolved') return 'moved'
    const how = `on the console, or by npm run payouts -- export ${batch.id}, and import ${batch.id} FILE`
    throw new PayoutProblem('awaits-signature', `version ${version.number} is to be signed: ${how}`)
  }
  const raw = await wallet.sign(version.psbt)
  if (raw === undefined)
    throw new PayoutProblem(
      'awaits-signature',
      'the wallet does not have the keys: PAYOUT_SIGNING=operator is for that',
    )
  await store.sign(batch.id, version.number, signedPaymentOf(raw, version), nowMs())
  return 'moved'
}

/** Throws PayoutProblem when the bytes are another transaction than the version's. */
export function signedPaymentOf(raw: Uint8Array, { unsigned, number }: PayoutVersion): SignedPayment {
  const transaction = parseTransaction(raw)
  if (!isSignedFormOf(transaction, unsigned))
    throw new PayoutProblem('payment-differs', `what was signed is not version ${number}, and is not used`)
  return { raw, txid: bytesToHex(reversedBytes(txid(transaction))) }
}

async function send(
  options: PaymentOptions,
  modules: PayModules,
  batch: PayoutBatch,
  version: PayoutVersion,
  state: RunState,
): Promise<'moved'> {
  const sent = await modules.wallet.send(version.signed!, version.feeSats)
  if (sent.kind === 'sent') await modules.store.markSent(batch.id, version.number, modules.nowMs())
  else await answerRefusal(options, modules, batch, state, sent)
  return 'moved'
}

/** The node has forgotten them, as after a restart or a reorganisation: the same bytes again, the newest first. */
async function resend(
  options: PaymentOptions,
  modules: PayModules,
  batch: PayoutBatch,
  state: RunState,
): Promise<'moved'> {
  let first: Refusal | undefined
  for (const { signed, feeSats } of [...batch.versions].reverse()) {
    if (signed === undefined) continue
    const sent = await modules.wallet.send(signed, feeSats)
    if (sent.kind === 'sent') return 'moved'
    first ??= sent
  }
  await answerRefusal(options, modules, batch, state, first!)
  return 'moved'
}

type Refusal = Exclude<Sent, { kind: 'sent' }>

/**
 * A node may refuse a transaction for another one that spends its coins, in whatever words: that is looked at first. If
 * there is none, or only an earlier version, the fee may be too low.
 */
async function answerRefusal(
  options: PaymentOptions,
  modules: PayModules,
  batch: PayoutBatch,
  { isPaused, height }: RunState,
  refusal: Refusal,
): Promise<void> {
  if ((await resolveConflict(options, modules, batch)) === 'resolved') return
  if (refusal.kind === 'refused') throw new PayoutProblem('wallet-refuses', refusal.reason)
  if (refusal.kind === 'spent')
    throw new PayoutProblem('conflict', 'the node says that its coins are spent, and shows them unspent')
  if (isPaused) throw new PayoutProblem('fee-too-low', refusal.reason)
  await raiseFee(options, modules, batch, height, true)
}
