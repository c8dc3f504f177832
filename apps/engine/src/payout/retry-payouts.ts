import { readControl } from '@headframe/db/payout/control'
import type { Lead } from '@headframe/db/payout/lead-payouts'
import { listOpenPayouts, readPayoutOverview } from '@headframe/db/payout/list-overviews'
import type { PaymentOptions } from './payment-options.js'
import { runPayouts, type RunModules } from './run-payouts.js'

/** Payouts that are counted; nobody reads more of them. */
const MAX_COUNTED = 1_000

/** Makes a run at once, and says how one payout, or (undefined) all of them, stand after it. */
export async function retryPayouts(
  options: PaymentOptions,
  modules: RunModules & { readonly lead: Lead },
  batchId: bigint | undefined,
): Promise<string> {
  await runPayouts(options, modules)
  const { pool } = modules.lead
  const { paused, problem } = await readControl(pool)
  const reason =
    problem === undefined
      ? paused && ` Payouts are paused by ${paused.by}: ${paused.reason}`
      : ` No payout goes on: ${problem.detail}`
  const standing = batchId === undefined ? await allStanding(pool) : await oneStanding(pool, batchId)
  return `${standing}${reason ?? ''}`
}

async function oneStanding(pool: Lead['pool'], id: bigint): Promise<string> {
  const payout = await readPayoutOverview(pool, id)
  if (payout === undefined) throw new Error(`There is no payout ${id}.`)
  const { state, awaitsApproval, problem } = payout
  const wait = awaitsApproval ? ', and awaits approval' : ''
  const trouble = problem === undefined ? '' : `, and does not go on (${problem.problem}): ${problem.detail}`
  return `Payout ${id} is ${state}${wait}${trouble}.`
}

async function allStanding(pool: Lead['pool']): Promise<string> {
  const open = await listOpenPayouts(pool, MAX_COUNTED)
  const stuck = open.filter(({ problem }) => problem !== undefined)
  if (open.length === 0) return 'No payout is under way.'
  const first = stuck[0]
  if (first === undefined) return `${countOf(open.length)} under way, and nothing holds them up.`
  return `${countOf(open.length)} under way; ${stuck.length} do not go on, first payout ${first.id} (${first.problem!.problem}): ${first.problem!.detail}.`
}

const countOf = (count: number): string => (count === 1 ? '1 payout is' : `${count} payouts are`)
