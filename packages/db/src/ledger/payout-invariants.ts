import type { Invariant } from './invariant.js'
import { TOTALS_BY_MARK } from './new-scope.js'

const BATCH_BALANCE = `SELECT t.payout_batch_id AS id, max(t.posted_at) AS last_at,
    coalesce(sum(e.amount_sats) FILTER (WHERE a.name LIKE 'liability:miner:%:available'), 0) AS available,
    coalesce(sum(e.amount_sats) FILTER (WHERE a.name LIKE 'liability:miner:%:locked'), 0) AS locked,
    coalesce(sum(e.amount_sats) FILTER (WHERE a.name = 'asset:wallet'), 0) AS wallet,
    coalesce(sum(e.amount_sats) FILTER (WHERE a.name = 'expense:network_fee'), 0) AS fee
  FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id JOIN ledger_account a ON a.id = e.account_id
  WHERE t.payout_batch_id IS NOT NULL GROUP BY t.payout_batch_id`

/** What a batch's items come to, and what its placed version took out of the wallet. */
const BATCH_ITEMS = `SELECT b.id, b.state, b.total_sats, b.item_count, b.created_at, sum(i.amount_sats) AS amounts, count(i.miner_id) AS items,
    sum(i.sent_sats) + (SELECT v.fee_sats FROM payout_version v WHERE v.batch_id = b.id AND v.number = b.placed_version) AS spent
  FROM payout_batch b LEFT JOIN payout_item i ON i.batch_id = b.id
  GROUP BY b.id, b.state, b.total_sats, b.item_count, b.created_at, b.placed_version`

/** What payouts under way pay to each miner. */
const OPEN = `SELECT i.miner_id, sum(i.amount_sats) AS open FROM payout_item i JOIN payout_batch b ON b.id = i.batch_id
  WHERE b.state NOT IN ('settled', 'cancelled') GROUP BY i.miner_id`

/** Of payouts: nothing is set aside without a payout under way, and nothing is paid but by a settled one. */
export const PAYOUT_INVARIANTS: readonly Invariant[] = [
  {
    code: 'payout-misbooked',
    sql: `SELECT 'payout batch ' || p.id AS subject, format('%s of %s, %s of %s items %s: available %s, locked %s, wallet %s, fee %s',
        p.state, p.total_sats, p.items, p.item_count, p.amounts, k.available, k.locked, k.wallet, k.fee) AS detail, coalesce(k.last_at, p.created_at) AS since
      FROM (${BATCH_ITEMS}) p LEFT JOIN (${BATCH_BALANCE}) k ON k.id = p.id
      WHERE p.amounts IS DISTINCT FROM p.total_sats OR p.items <> p.item_count
         OR k.available IS DISTINCT FROM CASE p.state WHEN 'cancelled' THEN 0 ELSE p.total_sats END
         OR k.locked IS DISTINCT FROM CASE WHEN p.state IN ('cancelled', 'settled') THEN 0 ELSE -p.total_sats END
         OR k.wallet IS DISTINCT FROM CASE p.state WHEN 'settled' THEN -p.spent ELSE 0 END
         OR k.fee IS DISTINCT FROM CASE p.state WHEN 'settled' THEN p.spent - p.total_sats ELSE 0 END`,
  },
  {
    code: 'locked-differs-from-payouts',
    sql: `SELECT m.address AS subject, format('locked %s, payouts under way %s', k.locked, coalesce(o.open, 0)) AS detail, k.last_at AS since
      FROM (SELECT a.miner_id, -sum(e.amount_sats) AS locked, max(t.posted_at) AS last_at FROM ledger_account a
          JOIN ledger_entry e ON e.account_id = a.id JOIN ledger_transaction t ON t.id = e.transaction_id
          WHERE a.name LIKE 'liability:miner:%:locked' GROUP BY a.miner_id) k
      JOIN miner m ON m.id = k.miner_id
      LEFT JOIN (${OPEN}) o ON o.miner_id = k.miner_id
      WHERE k.locked <> coalesce(o.open, 0)`,
    ofNew: `SELECT m.address AS subject, format('locked %s, payouts under way %s', k.locked, coalesce(o.open, 0)) AS detail,
        (SELECT checked_at FROM ledger_mark) AS since
      FROM (SELECT a.miner_id, -sum(t.amount_sats) AS locked FROM ledger_account a JOIN (${TOTALS_BY_MARK}) t ON t.account_id = a.id
          WHERE a.name LIKE 'liability:miner:%:locked' GROUP BY a.miner_id) k
      JOIN miner m ON m.id = k.miner_id LEFT JOIN (${OPEN}) o ON o.miner_id = k.miner_id
      WHERE k.locked <> coalesce(o.open, 0)`,
  },
]
