import type { Invariant } from './invariant.js'
import { BEHIND_MARK, TOTALS_BY_MARK } from './new-scope.js'

/** Miners' accounts on which the pool has more than it owes, with each balance that they ever had. */
const OWING = `SELECT e.account_id, e.transaction_id, sum(e.amount_sats) OVER (PARTITION BY e.account_id ORDER BY e.transaction_id) AS balance
  FROM ledger_entry e WHERE e.account_id IN (
    SELECT a.id FROM ledger_account a JOIN ledger_total b ON b.account_id = a.id
    WHERE a.name LIKE 'liability:miner:%' GROUP BY a.id HAVING sum(b.amount_sats) > 0)`

const UNBALANCED = `SELECT t.id, coalesce(k.entries, 0) AS entries, coalesce(k.sum_sats, 0) AS sum_sats, t.posted_at
  FROM ledger_transaction t LEFT JOIN (
    SELECT transaction_id, count(*) AS entries, sum(amount_sats) AS sum_sats FROM ledger_entry GROUP BY transaction_id) k
  ON k.transaction_id = t.id WHERE k.sum_sats IS NULL OR k.entries < 2 OR k.sum_sats <> 0`

const ENTRY_TOTALS = `SELECT e.account_id, t.kind, count(*) AS entries, sum(e.amount_sats) AS amount_sats
  FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id GROUP BY e.account_id, t.kind`

/** Since the transaction after which the balance was never again what it may be. */
const OWES_POOL = `SELECT a.name AS subject, 'balance ' || (SELECT balance FROM (${OWING}) r WHERE r.account_id = a.id
    ORDER BY r.transaction_id DESC LIMIT 1) AS detail, t.posted_at AS since
  FROM (SELECT r.account_id, min(r.transaction_id) AS first_id FROM (${OWING}) r
    WHERE NOT EXISTS (SELECT FROM (${OWING}) later WHERE later.account_id = r.account_id
      AND later.transaction_id >= r.transaction_id AND later.balance <= 0)
    GROUP BY r.account_id) k
  JOIN ledger_account a ON a.id = k.account_id JOIN ledger_transaction t ON t.id = k.first_id`

/** A balance that belongs to nobody, or to somebody else than its name says, is a balance that nobody is paid. */
const MISNAMED = `SELECT a.name AS subject, CASE WHEN m.address IS NULL THEN 'of no miner' ELSE 'of the miner ' || m.address END AS detail,
    coalesce((SELECT min(t.posted_at) FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
      WHERE e.account_id = a.id), now()) AS since
  FROM ledger_account a LEFT JOIN miner m ON m.id = a.miner_id
  WHERE a.name !~ '^(asset|liability|equity|expense):.'
     OR substring(a.name FROM '^liability:miner:(.*)$') IS DISTINCT FROM
        m.address || substring(a.name FROM ':(?:immature|available|locked)$')`

const UNEXPLAINED = `SELECT t.id AS subject, format('%s, author %s, reason %s, %s', t.kind, coalesce(c.author, 'none'),
    coalesce(c.reason, 'none'), CASE WHEN c.reverses_id IS NULL THEN 'reverses nothing' ELSE 'does not reverse ' || c.reverses_id END) AS detail,
    t.posted_at AS since
  FROM ledger_transaction t LEFT JOIN ledger_correction c ON c.transaction_id = t.id
  WHERE ((t.kind = 'correction') <> coalesce(c.author ~ '\\S' AND c.reason ~ '\\S', false)
     OR (c.reverses_id IS NOT NULL AND EXISTS (
       SELECT FROM ledger_entry e WHERE e.transaction_id IN (t.id, c.reverses_id)
       GROUP BY e.account_id HAVING sum(e.amount_sats) <> 0)))`

/** Balances as they are kept, against `sums`, where those differ. */
const differing = (sums: string): string => `SELECT account_id, kind, coalesce(k.amount_sats, 0) AS kept_sats,
    coalesce(k.entries, 0) AS kept_entries, coalesce(r.amount_sats, 0) AS amount_sats, coalesce(r.entries, 0) AS entries
  FROM ledger_total k FULL JOIN (${sums}) r USING (account_id, kind)
  WHERE (k.amount_sats, k.entries) IS DISTINCT FROM (r.amount_sats::bigint, r.entries::bigint)`
const DIFFERS = `a.name || ' ' || d.kind AS subject, format('balance %s of %s entries, entries come to %s of %s', d.kept_sats,
    d.kept_entries, d.amount_sats, d.entries) AS detail`

/** What holds of transactions and accounts, whatever they are about. */
export const ACCOUNT_INVARIANTS: readonly Invariant[] = [
  {
    code: 'transaction-unbalanced',
    sql: `SELECT id AS subject, entries || ' entries, sum ' || sum_sats AS detail, posted_at AS since FROM (${UNBALANCED}) u`,
  },
  {
    // Also for entries that belong to no transaction, of which the one above knows nothing.
    code: 'accounts-unbalanced',
    sql: `SELECT 'all accounts' AS subject, 'sum ' || sum(amount_sats) AS detail,
        coalesce((SELECT min(posted_at) FROM (${UNBALANCED}) u), now()) AS since
      FROM ledger_entry HAVING sum(amount_sats) <> 0`,
    ofNew: `SELECT 'all accounts' AS subject, 'sum ' || sum(amount_sats) AS detail, now() AS since FROM (
        SELECT amount_sats FROM ledger_mark_total
        UNION ALL SELECT amount_sats FROM ledger_entry WHERE transaction_id > ${BEHIND_MARK}) known
      HAVING sum(amount_sats) <> 0`,
  },
  { code: 'miner-owes-pool', sql: OWES_POOL, ofNew: OWES_POOL },
  {
    // Since the first entry that the total has missed; where it has missed none, at the earliest since the first of all.
    code: 'balance-differs-from-entries',
    sql: `SELECT ${DIFFERS}, coalesce(missed.since, now()) AS since
      FROM (${differing(ENTRY_TOTALS)}) d
      JOIN ledger_account a ON a.id = d.account_id
      CROSS JOIN LATERAL (SELECT coalesce(min(posted_at) FILTER (WHERE n > d.kept_entries), min(posted_at)) AS since FROM (
        SELECT t.posted_at, row_number() OVER (ORDER BY t.id) AS n
        FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
        WHERE e.account_id = d.account_id AND t.kind = d.kind) numbered) missed`,
    // Since the mark: up to there they were the same.
    ofNew: `SELECT ${DIFFERS}, (SELECT checked_at FROM ledger_mark) AS since
      FROM (${differing(TOTALS_BY_MARK)}) d JOIN ledger_account a ON a.id = d.account_id`,
  },
  { code: 'account-misnamed', sql: MISNAMED, ofNew: MISNAMED },
  {
    code: 'correction-unexplained',
    sql: UNEXPLAINED,
    ofNew: `${UNEXPLAINED} AND t.id > ${BEHIND_MARK}`,
  },
]
