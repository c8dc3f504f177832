import { ACCOUNT_INVARIANTS } from './account-invariants.js'
import { BOOKING_INVARIANTS } from './booking-invariants.js'
import { FPPS_INVARIANTS } from './fpps-invariants.js'
import type { Invariant } from './invariant.js'
import { PAYOUT_INVARIANTS } from './payout-invariants.js'

const BLOCK_BALANCE = `SELECT t.block_hash, sum(e.amount_sats) FILTER (WHERE a.name = 'asset:coinbase_immature') AS immature,
    sum(e.amount_sats) FILTER (WHERE a.name = 'asset:wallet') AS wallet,
    sum(e.amount_sats) FILTER (WHERE a.name IN ('equity:fee_income', 'equity:fpps_reserve')) AS fee,
    sum(e.amount_sats) FILTER (WHERE a.name LIKE 'liability:miner:%') AS owed, max(t.posted_at) AS last_at
  FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id JOIN ledger_account a ON a.id = e.account_id
  WHERE t.block_hash IS NOT NULL GROUP BY t.block_hash`

/** What the coinbase has paid to miners itself: never the pool's. */
const DIRECT = 'SELECT block_hash, sum(direct_sats) AS direct_sats FROM earning GROUP BY block_hash'
/** What it has paid to the pool; a block that is booked and was never settled is always wrong. */
const OF_POOL = 'coalesce(s.coinbase_value_sats - coalesce(d.direct_sats, 0), -1)'

export const INVARIANTS: readonly Invariant[] = [
  ...ACCOUNT_INVARIANTS,
  ...BOOKING_INVARIANTS,
  ...PAYOUT_INVARIANTS,
  ...FPPS_INVARIANTS,
  {
    code: 'split-differs-from-coinbase',
    sql: `SELECT s.block_hash AS subject, format('reward %s, earnings %s; bonus %s, earned %s', s.reward_sats,
        coalesce(sum(e.amount_sats), 0), s.bonus_sats, coalesce(sum(e.bonus_sats), 0)) AS detail, s.settled_at AS since
      FROM settlement s LEFT JOIN earning e ON e.block_hash = s.block_hash
      GROUP BY s.block_hash, s.reward_sats, s.bonus_sats, s.settled_at HAVING coalesce(sum(e.amount_sats), 0) <> s.reward_sats
         OR coalesce(sum(e.bonus_sats), 0) <> s.bonus_sats OR count(*) FILTER (WHERE e.bonus_sats > 0) > 1`,
  },
  {
    // As core's amountOf has it, and the bonus, miner by miner in the order of addresses, without a gap from 0 to the sum
    // of all.
    code: 'earning-differs-from-prefix-sums',
    sql: `SELECT block_hash || ' ' || address AS subject, format('%s sats, bonus %s, for %s to %s of %s', amount_sats, bonus_sats,
        prefix_before, prefix_after, window_total) AS detail, settled_at AS since
      FROM (SELECT e.block_hash, m.address, e.amount_sats, e.bonus_sats, e.prefix_before, e.prefix_after, s.window_total,
          s.reward_sats - s.bonus_sats AS cut_sats, s.settled_at,
          lag(e.prefix_after, 1, 0) OVER ordered AS before, lead(e.prefix_before, 1, s.window_total) OVER ordered AS after
        FROM earning e JOIN settlement s ON s.block_hash = e.block_hash JOIN miner m ON m.id = e.miner_id
        WINDOW ordered AS (PARTITION BY e.block_hash ORDER BY m.address COLLATE "C")) k
      WHERE prefix_before <> before OR prefix_after <> after
         OR amount_sats <> div(cut_sats * prefix_after, window_total) - div(cut_sats * prefix_before, window_total) + bonus_sats`,
  },
  {
    // What a block's transactions come to is what its booked status says, and no more.
    code: 'block-misbooked',
    sql: `SELECT b.hash AS subject, format('booked %s of %s: immature %s, wallet %s, fee %s, owed %s', b.booked_status,
        s.coinbase_value_sats, k.immature, k.wallet, k.fee, k.owed) AS detail, coalesce(k.last_at, b.found_at) AS since
      FROM block b LEFT JOIN settlement s ON s.block_hash = b.hash LEFT JOIN (${BLOCK_BALANCE}) k ON k.block_hash = b.hash
      LEFT JOIN (${DIRECT}) d ON d.block_hash = b.hash
      WHERE coalesce(k.immature, 0) <> CASE b.booked_status WHEN 'immature' THEN ${OF_POOL} ELSE 0 END
         OR coalesce(k.wallet, 0) <> CASE b.booked_status WHEN 'mature' THEN ${OF_POOL} ELSE 0 END
         OR coalesce(k.fee, 0) <> CASE WHEN b.booked_status IN ('immature', 'mature') THEN -s.pool_fee_sats ELSE 0 END
         OR coalesce(k.owed, 0) <> CASE WHEN b.booked_status IN ('immature', 'mature')
              THEN coalesce(d.direct_sats, 0) - s.reward_sats ELSE 0 END`,
  },
]
