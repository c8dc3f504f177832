import type { Invariant } from './invariant.js'
import { BEHIND_FPPS_MARK } from './new-scope.js'

/** SCORE_UNIT of `@headframe/core/accounting/score`. */
const UNIT = 'power(2::numeric, 96)'

/** By each credit and the one before it of the same miner; `before`: how that one is found. */
const differing = (
  before: string,
): string => `SELECT m.address || ' ' || k.end_position AS subject, format('%s sats for %s to %s',
    k.amount_sats, k.numerator_before, k.numerator_after) AS detail, k.credited_at AS since
  FROM (SELECT c.*, s.rate_sats, s.credited_at, ${before} AS before
    FROM fpps_credit c JOIN fpps_stretch s ON s.end_position = c.end_position) k JOIN miner m ON m.id = k.miner_id
  WHERE (k.numerator_before <> k.before OR k.numerator_after <> k.numerator_before + k.score * k.rate_sats
     OR k.amount_sats <> div(k.numerator_after, ${UNIT}) - div(k.numerator_before, ${UNIT}))`

/** Of what FPPS shares were paid: by the cumulative floor, and to the miners whose shares they were. */
export const FPPS_INVARIANTS: readonly Invariant[] = [
  {
    code: 'fpps-differs-from-scores',
    sql: differing('lag(c.numerator_after, 1, 0) OVER (PARTITION BY c.miner_id ORDER BY c.end_position)'),
    ofNew: `${differing(`coalesce((SELECT p.numerator_after FROM fpps_credit p WHERE p.miner_id = c.miner_id
        AND p.end_position < c.end_position ORDER BY p.end_position DESC LIMIT 1), 0)`)} AND k.end_position > ${BEHIND_FPPS_MARK}`,
  },
  {
    code: 'fpps-misbooked',
    sql: `SELECT m.address || ' ' || k.end_position AS subject, format('booked %s, credited %s', sum(k.booked), sum(k.credited)) AS detail,
        min(s.credited_at) AS since
      FROM (SELECT end_position, miner_id, 0 AS booked, amount_sats AS credited FROM fpps_credit
          UNION ALL
          SELECT s.end_position, a.miner_id, -e.amount_sats, 0 FROM fpps_stretch s
          JOIN ledger_entry e ON e.transaction_id = s.transaction_id JOIN ledger_account a ON a.id = e.account_id
          WHERE a.miner_id IS NOT NULL) k
      JOIN fpps_stretch s ON s.end_position = k.end_position JOIN miner m ON m.id = k.miner_id
      GROUP BY m.address, k.end_position HAVING sum(k.booked) <> sum(k.credited)`,
  },
  {
    // A credit of no stretch is money for nothing.
    code: 'fpps-without-shares',
    sql: `SELECT t.id AS subject, 'of no stretch' AS detail, t.posted_at AS since FROM ledger_transaction t
      WHERE t.kind = 'fpps-credit' AND NOT EXISTS (SELECT FROM fpps_stretch s WHERE s.transaction_id = t.id)`,
  },
]
