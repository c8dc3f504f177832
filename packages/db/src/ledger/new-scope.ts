/** A block below the highest by so many is done with, unless a new transaction is about it. */
const YOUNG = 200

/**
 * Put before the SQL of a rule, it holds for what is new alone: the names of tables stand for those of their rows that
 * new transactions are about, and for all that may change without one, young blocks and payouts under way.
 */
export const SCOPE = `WITH mark AS (SELECT * FROM ledger_mark),
  fresh AS MATERIALIZED (SELECT t.* FROM ledger_transaction t WHERE t.id > (SELECT transaction_id FROM mark)),
  block AS MATERIALIZED (SELECT * FROM block WHERE hash IN (
    SELECT block_hash FROM fresh WHERE block_hash IS NOT NULL
    UNION SELECT hash FROM block WHERE height > (SELECT block_height FROM mark) - ${YOUNG})),
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
  fpps_stretch AS MATERIALIZED (SELECT * FROM fpps_stretch WHERE end_position > (SELECT fpps_position FROM mark)),
  fpps_credit AS MATERIALIZED (SELECT * FROM fpps_credit WHERE end_position > (SELECT fpps_position FROM mark))`

/** Of transactions, entries, FPPS stretches: those behind the mark. Where names are not those of the scope. */
export const BEHIND_MARK = '(SELECT transaction_id FROM ledger_mark)'
export const BEHIND_FPPS_MARK = '(SELECT fpps_position FROM ledger_mark)'

/** What entries come to, an account and kind of transaction: by the sums at the mark, and what is behind it. */
export const TOTALS_BY_MARK = `SELECT account_id, kind, sum(entries) AS entries, sum(amount_sats) AS amount_sats FROM (
    SELECT account_id, kind, entries, amount_sats FROM ledger_mark_total
    UNION ALL SELECT e.account_id, t.kind, count(*), sum(e.amount_sats)
    FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
    WHERE e.transaction_id > ${BEHIND_MARK} GROUP BY e.account_id, t.kind) known GROUP BY account_id, kind`
