import type { PayoutState } from '@headframe/core/payout/batch'
import type { Queryable } from '../transaction.js'

/** What is counted of payouts as a whole. */
export interface PayoutFigures {
  /** Of all states. */
  readonly byState: ReadonlyMap<PayoutState, number>
  /** Of those that are neither settled nor cancelled. */
  readonly stuck: number
  readonly oldestOpenAtMs: number | undefined
  readonly isPaused: boolean
  /** Why nothing goes on. */
  readonly problem: string | undefined
  /** What miners are owed: payable, and set aside for payouts under way, or of blocks that are not mature yet. */
  readonly availableSats: bigint
  readonly lockedSats: bigint
  readonly immatureSats: bigint
  /** Coins that the wallet should have, whether or not they can be spent yet. */
  readonly walletSats: bigint
}

/** By sums that the database keeps: cheap however many there have been. */
export async function readPayoutFigures(db: Queryable): Promise<PayoutFigures> {
  const { rows } = await db.query<{
    state: PayoutState
    payouts: number
    stuck: number
    oldest: Date
  }>(
    `SELECT state, count(*)::int AS payouts, count(problem)::int AS stuck, min(created_at) AS oldest
     FROM payout_batch GROUP BY state`,
  )
  const open = rows.filter(({ state }) => state !== 'settled' && state !== 'cancelled')
  const oldest = Math.min(...open.map((row) => row.oldest.getTime()))
  return {
    byState: new Map(rows.map(({ state, payouts }) => [state, payouts])),
    stuck: open.reduce((sum, { stuck }) => sum + stuck, 0),
    oldestOpenAtMs: open.length === 0 ? undefined : oldest,
    ...(await readStanding(db)),
    ...(await readSums(db)),
  }
}

async function readStanding(db: Queryable): Promise<Pick<PayoutFigures, 'isPaused' | 'problem'>> {
  const { rows } = await db.query<{ is_paused: boolean; problem: string | null }>(
    'SELECT paused_at IS NOT NULL AS is_paused, problem FROM payout_control WHERE id = 1',
  )
  return { isPaused: rows[0]!.is_paused, problem: rows[0]!.problem ?? undefined }
}

async function readSums(
  db: Queryable,
): Promise<Pick<PayoutFigures, 'availableSats' | 'lockedSats' | 'immatureSats' | 'walletSats'>> {
  const { rows } = await db.query<Record<'available' | 'locked' | 'immature' | 'wallet', string>>(
    `SELECT coalesce(-sum(t.amount_sats) FILTER (WHERE a.name LIKE 'liability:miner:%:available'), 0) AS available,
       coalesce(-sum(t.amount_sats) FILTER (WHERE a.name LIKE 'liability:miner:%:locked'), 0) AS locked,
       coalesce(-sum(t.amount_sats) FILTER (WHERE a.name LIKE 'liability:miner:%:immature'), 0) AS immature,
       coalesce(sum(t.amount_sats) FILTER (WHERE a.name IN ('asset:wallet', 'asset:coinbase_immature')), 0) AS wallet
     FROM ledger_account a JOIN ledger_total t ON t.account_id = a.id`,
  )
  const { available, locked, immature, wallet } = rows[0]!
  return {
    availableSats: BigInt(available),
    lockedSats: BigInt(locked),
    immatureSats: BigInt(immature),
    walletSats: BigInt(wallet),
  }
}
