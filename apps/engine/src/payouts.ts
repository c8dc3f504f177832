import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PayoutBatch } from '@headframe/core/payout/batch'
import { versionToSign } from '@headframe/core/payout/version-to-sign'
import { openDatabase, type Database } from '@headframe/db/database'
import { approveBatch, requestBump } from '@headframe/db/payout/approve-batch'
import { cancelUnsigned } from '@headframe/db/payout/cancel-batch'
import { pausePayouts, readControl, requestPlan, resumePayouts } from '@headframe/db/payout/control'
import { declareSends } from '@headframe/db/payout/declare-sends'
import { leadPayouts, type Lead } from '@headframe/db/payout/lead-payouts'
import { readBatch } from '@headframe/db/payout/list-batches'
import { listPayoutEvents } from '@headframe/db/payout/list-events'
import { listPayoutOverviews, readPayoutOverview } from '@headframe/db/payout/list-overviews'
import { setApprovalAbove } from '@headframe/db/payout/set-approval-above'
import { setThreshold } from '@headframe/db/payout/set-threshold'
import { askNetwork } from './bitcoind/ask-network.js'
import { loadEngineOptions, type EngineOptions } from './env.js'
import { createLog } from './log.js'
import { obeyRequest } from './payout/answer-requests.js'
import { paymentOptionsOf } from './payout/payment-options.js'
import {
  formatAnswer,
  formatControl,
  formatPayout,
  formatPayouts,
  parsePayoutCommand,
  USAGE,
  type PayoutCommand,
} from './payout/payout-command.js'
import { payoutStore } from './payout/payout-store.js'
import { exitOnFault } from './processes/stop-signal.js'
import { openWallet } from './wallet/core-wallet.js'

const MAX_LISTED = 30
const MAX_EVENTS = 200
/** A run of the leader lasts seconds. */
const LEAD_ATTEMPTS = 60
const LEAD_RETRY_MS = 500

interface Surroundings {
  readonly options: EngineOptions
  readonly db: Database
  readonly author: string
}

/** Does what was asked for; the answer is for a person. Throws what keeps it from being done. */
async function obey(command: PayoutCommand, { options, db, author }: Surroundings): Promise<string> {
  switch (command.kind) {
    case 'list':
      return `${formatControl(await readControl(db.pool))}\n\n${formatPayouts(await listPayoutOverviews(db.pool, undefined, MAX_LISTED))}`
    case 'show':
      return show(db, command.id)
    case 'approve':
      await approveBatch(db, command.id, author, Date.now())
      return `Payout ${command.id} is approved.`
    case 'bump':
      await requestBump(db, command.id, author, Date.now())
      return `Payout ${command.id} gets a higher fee with the next run.`
    case 'cancel':
      return cancel(db, options, command, author)
    case 'export':
      return versionToSign(await batchOf(db, command.id)).psbt
    case 'import':
      return askWallet(db, options, { kind: 'import', batchId: command.id, argument: readPsbt(command.file) })
    case 'retry':
      return askWallet(db, options, { kind: 'retry', batchId: command.id, argument: undefined })
    case 'reconcile':
      return askWallet(db, options, { kind: 'reconcile', batchId: undefined, argument: undefined })
    case 'approval-above':
      await setApprovalAbove(db, command.sats, author, Date.now())
      return formatControl(await readControl(db.pool))
    case 'plan':
      await requestPlan(db, author, Date.now())
      return 'Payouts are planned with the next run.'
    case 'pause':
      await pausePayouts(db, author, command.reason, Date.now())
      return 'Payouts are paused.'
    case 'resume':
      await resumePayouts(db, author, Date.now())
      return 'Payouts go on.'
    case 'declare':
      await declareSends(db, command.txids, command.reason, { author, atMs: Date.now() })
      return `Declared: ${command.txids.join(', ')}.`
    case 'threshold': {
      const { address, sats } = command
      const isKnown = await setThreshold(db, address, sats, { author, atMs: Date.now() })
      if (!isKnown) throw new Error(`The pool has no miner ${address}.`)
      return `${address} is paid from ${sats === undefined ? "the pool's threshold" : `${sats} satoshis`} on.`
    }
    default:
      return USAGE
  }
}

async function show(db: Database, id: bigint): Promise<string> {
  const overview = await readPayoutOverview(db.pool, id)
  const batch = await batchOf(db, id)
  return formatPayout(overview!, batch, await listPayoutEvents(db.pool, id, MAX_EVENTS))
}

async function cancel(
  db: Database,
  { PAYOUT_SIGNING }: EngineOptions,
  { id, isNeverSigned }: Extract<PayoutCommand, { kind: 'cancel' }>,
  author: string,
): Promise<string> {
  const { state } = await batchOf(db, id)
  // Whoever has the PSBT can make a payment of it at any time.
  if (state === 'funded' && PAYOUT_SIGNING === 'operator' && !isNeverSigned)
    throw new Error(
      `Payout ${id} may have been exported. If no signed copy of it exists, say --never-signed.`,
    )
  await cancelUnsigned(db, id, { atMs: Date.now(), detail: 'taken back by an operator', author })
  return `Payout ${id} is cancelled; its amounts are owed as before.`
}

const readPsbt = (file: string): string => readFileSync(file === '-' ? 0 : file, 'utf8')

/** What the console asks by a request is done here at once, by the same code. */
async function askWallet(
  db: Database,
  options: EngineOptions,
  request: Parameters<typeof obeyRequest>[2],
): Promise<string> {
  const network = await askNetwork(options)
  const wallet = openWallet(options, network)
  if (wallet === undefined) throw new Error('PAYOUT_WALLET_URL is not set.')
  const log = createLog({ level: 'silent', name: 'payouts' })
  try {
    const answer = await whenLeading(db, (lead) =>
      obeyRequest(
        paymentOptionsOf(options, network),
        { lead, store: payoutStore(lead), wallet, log, nowMs: Date.now },
        request,
      ),
    )
    return formatAnswer(answer)
  } finally {
    wallet.close()
  }
}

/** Waits until the process that makes payouts is between two runs. */
async function whenLeading<T>(db: Database, work: (lead: Lead) => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < LEAD_ATTEMPTS; attempt++) {
    const result = await leadPayouts(db, async (lead) => ({ of: await work(lead) }))
    if (result !== 'led-by-another') return result.of
    await sleep(LEAD_RETRY_MS)
  }
  throw new Error('Another process is busy with payouts; try again.')
}

async function batchOf(db: Database, id: bigint): Promise<PayoutBatch> {
  const batch = await readBatch(db.pool, id)
  if (batch === undefined) throw new Error(`There is no payout ${id}.`)
  return batch
}

/** `npm run payouts`: what is under way, and what needs an operator. */
await exitOnFault(async () => {
  const { command, author } = parsePayoutCommand(process.argv.slice(2), userInfo().username)
  if (command.kind === 'problem') throw new Error(command.problem)
  if (command.kind === 'help') return void process.stdout.write(USAGE)
  const options = loadEngineOptions()
  const db = openDatabase({ url: options.DATABASE_URL })
  try {
    process.stdout.write(`${await obey(command, { options, db, author })}\n`)
  } finally {
    await db.close()
  }
})
