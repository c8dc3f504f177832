import { WALLET } from '@headframe/core/accounting/account'
import type { PayoutBatch } from '@headframe/core/payout/batch'
import { nextStep } from '@headframe/core/payout/next-step'
import type { Finding, Reconciliation } from '@headframe/core/payout/request'
import { formatBtc } from '@headframe/core/units'
import { checkPayouts } from '@headframe/db/ledger/check-ledger'
import type { Lead } from '@headframe/db/payout/lead-payouts'
import type { CoreWallet } from '../wallet/core-wallet.js'
import { readComparison, type WalletComparison } from './compare-wallet.js'
import { findUnknownSends } from './list-unknown-sends.js'
import { lookAtVersions } from './look-at-versions.js'
import type { PaymentOptions } from './payment-options.js'
import type { PayoutStore } from './payout-store.js'
import { coinsToKeep, DEEP } from './run-payouts.js'
import { tellSend } from './tell-send.js'

/** Findings that are told; what is behind them counts. */
const MAX_FINDINGS = 50

export interface ReconcileModules {
  readonly lead: Lead
  readonly store: PayoutStore
  readonly wallet: CoreWallet
  readonly nowMs: () => number
}

/**
 * Holds the wallet against the books and the payouts: what differs, and what to do. All that has ever left the wallet is
 * looked at. Changes nothing. Throws PayoutProblem when the wallet cannot be asked.
 */
export async function reconcile(options: PaymentOptions, modules: ReconcileModules): Promise<Reconciliation> {
  const { store, wallet, lead } = modules
  const height = await wallet.check(await store.tip())
  const live = await store.liveBatches(height - DEEP)
  const comparison = await readComparison(lead, wallet)
  const findings = [
    ...findingsOfBooks(comparison),
    ...(await findingsOfLedger(modules)),
    ...(await findingsOfSends(options, modules, live)),
    ...(await findingsOfPayouts(options, modules, live)),
    ...(await findingsOfCoins(modules, live)),
  ]
  return { ...comparison, findings: findings.slice(0, MAX_FINDINGS), findingCount: findings.length }
}

function findingsOfBooks({ walletSats, booksSats, onTheirWaySats, isWhole }: WalletComparison): Finding[] {
  if (!isWhole) return []
  const surplusSats = walletSats + onTheirWaySats - booksSats
  if (surplusSats === 0n) return []
  if (surplusSats < 0n)
    return [
      {
        subject: WALLET,
        differs: `${formatBtc(-surplusSats)} BTC are missing in the wallet`,
        toDo: 'Pause payouts, find out who spends from the wallet and who has its keys, then put the books right by a correction.',
      },
    ]
  const amount = formatBtc(surplusSats)
  return [
    {
      subject: WALLET,
      differs: `the wallet has ${amount} BTC more than the books`,
      toDo: `Nobody loses by it. Coins of yours are booked by a correction: asset:wallet=${surplusSats} equity:operator=-${surplusSats}. What has just happened may not be booked yet: look again in a minute.`,
    },
  ]
}

async function findingsOfLedger({ lead }: ReconcileModules): Promise<Finding[]> {
  return (await checkPayouts(lead.pool)).map(({ subject, code, detail }) => ({
    subject,
    differs: `${code}: ${detail}`,
    toDo: 'This cannot be. Pause payouts, and see npm run ledger -- check.',
  }))
}

async function findingsOfSends(
  options: PaymentOptions,
  { store, wallet, lead }: ReconcileModules,
  live: readonly PayoutBatch[],
): Promise<Finding[]> {
  const { unknown } = await findUnknownSends(options, { store, wallet }, live, undefined)
  const findings: Finding[] = []
  for (const txid of unknown.slice(0, MAX_FINDINGS))
    findings.push({
      subject: txid,
      differs: await tellSend({ lead, wallet }, txid, options.network),
      toDo: 'If it has paid miners, take that off what they are owed by a correction; if it was yours, book it against equity:operator. Then declare it.',
      txid,
    })
  return findings
}

/** Where the chain is ahead of what is written down, or has fallen behind it. */
async function findingsOfPayouts(
  options: PaymentOptions,
  { wallet, nowMs }: ReconcileModules,
  live: readonly PayoutBatch[],
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const batch of live) {
    const sightings = await lookAtVersions(wallet, batch)
    const step = nextStep(batch, sightings, { ...options, isPaused: true, nowMs: nowMs() })
    const told = DIFFERENCES[step.kind]
    if (told !== undefined) findings.push({ subject: `payout ${batch.id}`, ...told })
  }
  return findings
}

const DIFFERENCES: Partial<Record<string, Omit<Finding, 'subject'>>> = {
  confirm: {
    differs: 'it is in a block, and not written down yet',
    toDo: 'Nothing: the next run writes it down.',
  },
  settle: {
    differs: 'it is deep enough in the chain, and not booked yet',
    toDo: 'Nothing: the next run books it.',
  },
  reopen: {
    differs: 'its block has lost its place in the chain',
    toDo: 'Nothing: the next run takes it out of the books, and sends the same bytes again.',
  },
  resend: {
    differs: 'it was sent, and the node has none of its transactions any more',
    toDo: 'Nothing: the next run sends the same bytes again.',
  },
}

async function findingsOfCoins(
  { store, wallet }: ReconcileModules,
  live: readonly PayoutBatch[],
): Promise<Finding[]> {
  const known = new Set([...coinsToKeep(live), ...(await store.idleCoins())].map(nameOf))
  return (await wallet.lockedCoins())
    .filter((coin) => !known.has(nameOf(coin)))
    .map((coin) => ({
      subject: nameOf(coin),
      differs: 'the coin is locked in the wallet, and belongs to no payout of this database',
      toDo: `If nothing else uses the wallet: bitcoin-cli lockunspent true '[{"txid":"${coin.txid}","vout":${coin.index}}]'`,
    }))
}

const nameOf = ({ txid, index }: { readonly txid: string; readonly index: number }): string =>
  `${txid}:${index}`
