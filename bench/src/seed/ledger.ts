import type { SeedStep } from './seed-database.js'
import { MATURE_AFTER_HOURS } from './seed-size.js'

/** The pool's own accounts come first; a miner's three follow his number. */
const [IMMATURE_COINBASE, WALLET, FEE_INCOME, NETWORK_FEE] = [1, 2, 3, 4]
const [OWED_IMMATURE, OWED_AVAILABLE, OWED_LOCKED] = [8, 9, 10]
const accountOf = (miner: string, part: number): string => `10 * ${miner} + ${part}`

/** `rows`: SQL of transaction, account and satoshis. */
const entries = (rows: string): string =>
  `INSERT INTO ledger_entry (transaction_id, account_id, amount_sats) ${rows} ORDER BY 1, 2`

const OF_BLOCKS = (kind: string): string =>
  `ledger_transaction t JOIN settlement s ON s.block_hash = t.block_hash AND t.kind = '${kind}'`
const OF_EARNINGS = (kind: string): string =>
  `ledger_transaction t JOIN earning e ON e.block_hash = t.block_hash AND t.kind = '${kind}' AND e.amount_sats > 0`
const OF_ITEMS = (kind: string): string =>
  `ledger_transaction t JOIN payout_item i ON i.batch_id = t.payout_batch_id AND t.kind = '${kind}'`

/** The books of all that: every block credited and, when it is old enough, matured; every payout planned and settled. */
export const LEDGER: SeedStep = {
  name: 'ledger',
  statements: [
    `INSERT INTO ledger_account (id, name) VALUES (${IMMATURE_COINBASE}, 'asset:coinbase_immature'), (${WALLET}, 'asset:wallet'),
       (${FEE_INCOME}, 'equity:fee_income'), (${NETWORK_FEE}, 'expense:network_fee')`,
    `INSERT INTO ledger_account (id, name, miner_id)
     SELECT 10 * m.id + part, 'liability:miner:' || m.address || ':' || name, m.id FROM miner m
     CROSS JOIN (VALUES (${OWED_IMMATURE}, 'immature'), (${OWED_AVAILABLE}, 'available'), (${OWED_LOCKED}, 'locked')) AS p (part, name)
     ORDER BY 1`,
    `SELECT setval(pg_get_serial_sequence('ledger_account', 'id'), (SELECT max(id) FROM ledger_account))`,
    `INSERT INTO ledger_transaction (id, kind, block_hash, payout_batch_id, posted_at)
     SELECT row_number() OVER (ORDER BY at, kind, hash, batch_id), kind, hash, batch_id, at FROM (
       SELECT 'block-credit' AS kind, hash, NULL::bigint AS batch_id, found_at + interval '1 minute' AS at FROM seed_block WHERE status <> 'stale'
       UNION ALL SELECT 'block-mature', hash, NULL, found_at + interval '${MATURE_AFTER_HOURS} hours' FROM seed_block WHERE status = 'mature'
       UNION ALL SELECT 'payout-plan', NULL, id, created_at FROM payout_batch
       UNION ALL SELECT 'payout-settle', NULL, id, created_at + interval '2 hours' FROM payout_batch WHERE state = 'settled') k`,
    `SELECT setval(pg_get_serial_sequence('ledger_transaction', 'id'), (SELECT max(id) FROM ledger_transaction))`,
    entries(`SELECT t.id, ${IMMATURE_COINBASE}, s.coinbase_value_sats FROM ${OF_BLOCKS('block-credit')}
      UNION ALL SELECT t.id, ${FEE_INCOME}, -s.pool_fee_sats FROM ${OF_BLOCKS('block-credit')}
      UNION ALL SELECT t.id, ${accountOf('e.miner_id', OWED_IMMATURE)}, -e.amount_sats FROM ${OF_EARNINGS('block-credit')}`),
    entries(`SELECT t.id, ${IMMATURE_COINBASE}, -s.coinbase_value_sats FROM ${OF_BLOCKS('block-mature')}
      UNION ALL SELECT t.id, ${WALLET}, s.coinbase_value_sats FROM ${OF_BLOCKS('block-mature')}
      UNION ALL SELECT t.id, ${accountOf('e.miner_id', OWED_IMMATURE)}, e.amount_sats FROM ${OF_EARNINGS('block-mature')}
      UNION ALL SELECT t.id, ${accountOf('e.miner_id', OWED_AVAILABLE)}, -e.amount_sats FROM ${OF_EARNINGS('block-mature')}`),
    entries(`SELECT t.id, ${accountOf('i.miner_id', OWED_AVAILABLE)}, i.amount_sats FROM ${OF_ITEMS('payout-plan')}
      UNION ALL SELECT t.id, ${accountOf('i.miner_id', OWED_LOCKED)}, -i.amount_sats FROM ${OF_ITEMS('payout-plan')}`),
    entries(`SELECT t.id, ${accountOf('i.miner_id', OWED_LOCKED)}, i.amount_sats FROM ${OF_ITEMS('payout-settle')}
      UNION ALL SELECT t.id, ${WALLET}, -b.total_sats - v.fee_sats FROM ledger_transaction t
        JOIN payout_batch b ON b.id = t.payout_batch_id AND t.kind = 'payout-settle' JOIN payout_version v ON v.batch_id = b.id
      UNION ALL SELECT t.id, ${NETWORK_FEE}, v.fee_sats FROM ledger_transaction t
        JOIN payout_version v ON v.batch_id = t.payout_batch_id AND t.kind = 'payout-settle'`),
    `INSERT INTO ledger_total (account_id, kind, entries, amount_sats)
     SELECT e.account_id, t.kind, count(*), sum(e.amount_sats) FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id GROUP BY 1, 2`,
  ],
}
