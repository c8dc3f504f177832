import type { Invariant } from './invariant.js'

/** Transactions that only a credit of the same occurrence can be followed by, each at most once. */
const FOLLOWERS = `('block-pay', 'block-mature', 'block-stale')`

/** What holds of the transactions of blocks, one by one. */
export const BOOKING_INVARIANTS: readonly Invariant[] = [
  {
    code: 'block-booked-twice',
    sql: `SELECT block_hash AS subject, format('%s %s stands %s times', kind, occurrence, count(*)) AS detail,
        (array_agg(posted_at ORDER BY id))[2] AS since
      FROM ledger_transaction WHERE block_hash IS NOT NULL
      GROUP BY block_hash, kind, occurrence HAVING count(*) > 1`,
  },
  {
    // A block is credited again only after it was taken back, and nothing else comes before its credit.
    code: 'block-out-of-turn',
    sql: `SELECT t.block_hash AS subject, format('%s %s without a %s %s before it', t.kind, t.occurrence, k.kind, k.occurrence) AS detail,
        t.posted_at AS since
      FROM ledger_transaction t
      CROSS JOIN LATERAL (SELECT CASE t.kind WHEN 'block-credit' THEN 'block-stale' ELSE 'block-credit' END AS kind,
        CASE t.kind WHEN 'block-credit' THEN t.occurrence - 1 ELSE t.occurrence END AS occurrence) k
      WHERE (t.kind IN ${FOLLOWERS} OR (t.kind = 'block-credit' AND t.occurrence > 1))
        AND NOT EXISTS (SELECT FROM ledger_transaction earlier WHERE earlier.block_hash = t.block_hash
          AND earlier.kind = k.kind AND earlier.occurrence = k.occurrence AND earlier.id < t.id)`,
  },
  {
    // Account by account: what one has too much and another too little is 0 together.
    code: 'reversal-leaves-a-rest',
    sql: `SELECT b.hash || ' ' || a.name AS subject, sum(e.amount_sats) || ' sats' AS detail, max(t.posted_at) AS since
      FROM block b JOIN ledger_transaction t ON t.block_hash = b.hash
      JOIN ledger_entry e ON e.transaction_id = t.id JOIN ledger_account a ON a.id = e.account_id
      WHERE b.booked_status IN ('candidate', 'stale')
      GROUP BY b.hash, a.name HAVING sum(e.amount_sats) <> 0`,
  },
  {
    // To each miner of each block what he earned by it and its coinbase has not paid him itself, and to nobody else.
    // Blocks are numbered on the way: there may be millions of parts, and their hashes are long.
    code: 'earning-misbooked',
    sql: `WITH numbered AS MATERIALIZED (SELECT row_number() OVER () AS n, hash, booked_status FROM block)
      SELECT b.hash || ' ' || m.address AS subject, format('booked %s, earned %s', k.booked, k.earned) AS detail,
        coalesce((SELECT max(t.posted_at) FROM ledger_transaction t WHERE t.block_hash = b.hash),
          (SELECT settled_at FROM settlement s WHERE s.block_hash = b.hash)) AS since
      FROM (SELECT n, miner_id, sum(booked) AS booked, sum(earned) AS earned FROM (
          SELECT b.n, a.miner_id, -e.amount_sats AS booked, 0 AS earned
          FROM numbered b JOIN ledger_transaction t ON t.block_hash = b.hash JOIN ledger_entry e ON e.transaction_id = t.id
          JOIN ledger_account a ON a.id = e.account_id WHERE a.miner_id IS NOT NULL
          UNION ALL
          SELECT b.n, e.miner_id, 0, e.amount_sats - e.direct_sats
          FROM earning e JOIN numbered b ON b.hash = e.block_hash WHERE b.booked_status IN ('immature', 'mature')) part
        GROUP BY n, miner_id HAVING sum(booked) <> sum(earned)) k
      JOIN numbered b ON b.n = k.n JOIN miner m ON m.id = k.miner_id`,
  },
]
