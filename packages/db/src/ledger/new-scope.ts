import type { LedgerMark } from './ledger-mark.js'

/** A block below the highest by so many is done with, unless a new transaction is about it. */
const YOUNG = 200

/**
 * Where the mark stands is told by values and not looked up by the queries themselves: Postgres has to know how little lies
 * behind it, or it reads the whole ledger.
 */
export const BEHIND_MARK = '$1::bigint'
export const BEHIND_FPPS_MARK = '$2::bigint'
const MARKED_HEIGHT = '$3::int'

/** The values of what has no scope, and of what has one. */
export function valuesOfMark({ transactionId, fppsPosition }: LedgerMark): unknown[] {
  return [transactionId, fppsPosition]
}
export const valuesOfScope = (mark: LedgerMark): unknown[] => [...valuesOfMark(mark), mark.blockHeight]

/**
 * Put before the SQL of a rule, it holds for what is new alone: the names of tables stand for those of their rows that
 * new transactions are about, and for all that may change without one, young blocks and payouts under way.
 */
export const SCOPE = `WITH
  fresh AS MATERIALIZED (SELECT t.* FROM ledger_transaction t WHERE t.id > ${BEHIND_MARK}),
  block AS MATERIALIZED (SELECT * FROM block WHERE hash IN (
    SELECT block_hash FROM fresh WHERE block_hash IS NOT NULL
    UNION SELECT hash FROM block WHERE height > ${MARKED_HEIGHT} - ${YOUNG})),
  payout_batch AS MATERIALIZED (SELECT * FROM payout_batch WHERE id IN (
    SELECT payout_batch_id FROM fresh WHERE payout_batch_id IS NOT NULL
    UNION SELECT id FROM payout_batch WHERE state IN ('planned', 'funded', 'signed', 'broadcast', 'confirmed'))),
  payout_item AS MATERIALIZED (SELECT * FROM payout_item WHERE batch_id IN (SELECT id FROM payout_batch)),
  ledger_transaction AS MATERIALIZED (
    SELECT * FROM fresh
    UNION SELECT t.* FROM ledger_transaction t JOIN block b ON b.hash = t.block_hash
    UNION SELECT t.* FROM ledger_transaction t JOIN payout_batch p ON p.id = t.payout_batch_id),
  ledger_entry AS MATERIALIZED (
    SELECT e.* FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id),
  settlement AS MATERIALIZED (SELECT * FROM settlement WHERE block_hash IN (SELECT hash FROM block)),
  earning AS MATERIALIZED (SELECT * FROM earning WHERE block_hash IN (SELECT hash FROM block)),
  fpps_stretch AS MATERIALIZED (SELECT * FROM fpps_stretch WHERE end_position > ${BEHIND_FPPS_MARK}),
  fpps_credit AS MATERIALIZED (SELECT * FROM fpps_credit WHERE end_position > ${BEHIND_FPPS_MARK})`

/** What entries come to, an account and kind of transaction: by the sums at the mark, and what is behind it. */
export const TOTALS_BY_MARK = `SELECT account_id, kind, sum(entries) AS entries, sum(amount_sats) AS amount_sats FROM (
    SELECT account_id, kind, entries, amount_sats FROM ledger_mark_total
    UNION ALL SELECT e.account_id, t.kind, count(*), sum(e.amount_sats)
    FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
    WHERE e.transaction_id > ${BEHIND_MARK} GROUP BY e.account_id, t.kind) known GROUP BY account_id, kind`
