/** Up to where a database still has what it derived: `prune` removes what is old. */
export interface Kept {
  readonly prunedPosition: bigint
  readonly minutesSince: Date
  readonly hoursSince: Date
}

/** Rows that two databases have to have alike, with names in place of the numbers that each has given by itself. */
export interface Compared {
  readonly what: string
  readonly sql: string
  readonly values: (kept: Kept) => unknown[]
}

const all = (): unknown[] => []
const sinceOf = ({ minutesSince, hoursSince }: Kept): unknown[] => [minutesSince, hoursSince]

const rollupOf = (key: string, joins: string): string =>
  `SELECT ${key} resolution, starts_at, outcome, count, work, score FROM ${joins}
   WHERE starts_at >= CASE WHEN resolution IN ('minute', 'quarter_hour') THEN $1::timestamptz
     WHEN resolution = 'hour' THEN $2 ELSE '-infinity' END
   ORDER BY ${key} resolution, starts_at, outcome COLLATE "C"`

/** A transaction's number: its place in the ledger. */
const NUMBERED = 'SELECT row_number() OVER (ORDER BY id) AS number, * FROM ledger_transaction'

export const COMPARED: readonly Compared[] = [
  {
    what: 'segments',
    sql: `SELECT position, writer_id, segment_seq, incarnation, first_share_seq, share_count, work, score, pplns_score,
        score_before, pplns_score_before, encode(root, 'hex'), encode(hash, 'hex'), encode(prev_hash, 'hex'), opened_at, sealed_at
      FROM segment ORDER BY position`,
    values: all,
  },
  {
    what: 'end of the journal',
    sql: 'SELECT network, position, share_count, work, score, pplns_score FROM journal_head',
    values: all,
  },
  {
    what: 'writers',
    sql: `SELECT writer_id, incarnation, next_segment_seq, next_share_seq, encode(last_segment_hash, 'hex') FROM writer
      ORDER BY writer_id COLLATE "C"`,
    values: all,
  },
  {
    what: 'workers',
    sql: `SELECT address, name, worker.last_share_at, miner.last_share_at AS of_miner
      FROM worker JOIN miner ON miner.id = miner_id ORDER BY address COLLATE "C", name COLLATE "C"`,
    values: all,
  },
  {
    what: 'sums of segments',
    sql: `SELECT position, minute, address, name, mode, share_count, work, score
      FROM segment_sum JOIN worker ON worker.id = worker_id JOIN miner ON miner.id = miner_id
      WHERE position > $1 ORDER BY position, minute, address COLLATE "C", name COLLATE "C", mode`,
    values: ({ prunedPosition }) => [prunedPosition],
  },
  {
    what: 'rejects of segments',
    sql: `SELECT position, minute, address, name, reason, count
      FROM segment_reject JOIN worker ON worker.id = worker_id JOIN miner ON miner.id = miner_id
      WHERE position > $1 ORDER BY position, minute, address COLLATE "C", name COLLATE "C", reason COLLATE "C"`,
    values: ({ prunedPosition }) => [prunedPosition],
  },
  {
    what: 'sums of windows',
    sql: `SELECT level, stretch, address, score FROM window_sum JOIN miner ON miner.id = miner_id
      WHERE stretch >= ($1::bigint + 1) >> (5 * level) ORDER BY level, stretch, address COLLATE "C"`,
    values: ({ prunedPosition }) => [prunedPosition],
  },
  { what: 'rollups of the pool', sql: rollupOf('', 'pool_rollup'), values: sinceOf },
  {
    what: 'rollups of miners',
    sql: rollupOf('address COLLATE "C",', 'miner_rollup JOIN miner ON miner.id = miner_id'),
    values: sinceOf,
  },
  {
    what: 'rollups of workers',
    sql: rollupOf(
      'address COLLATE "C", name COLLATE "C",',
      'worker_rollup JOIN worker ON worker.id = worker_id JOIN miner ON miner.id = worker.miner_id',
    ),
    values: sinceOf,
  },
  {
    what: 'blocks',
    sql: `SELECT hash, height, status, booked_status, confirmations, window_end_position, window_end_index, score_at_find
      FROM block ORDER BY hash`,
    values: all,
  },
  { what: 'settlements', sql: 'SELECT * FROM settlement ORDER BY block_hash', values: all },
  {
    what: 'earnings',
    sql: `SELECT block_hash, address, amount_sats, bonus_sats, direct_sats, score, prefix_before, prefix_after
      FROM earning JOIN miner ON miner.id = miner_id ORDER BY block_hash, address COLLATE "C"`,
    values: all,
  },
  {
    what: 'windows paid by coinbases',
    sql: 'SELECT * FROM paid_window ORDER BY block_hash',
    values: all,
  },
  {
    what: 'FPPS stretches',
    sql: `SELECT end_position, tip_hash, subsidy_sats, fees_sats, fee_blocks, fee_basis_points, rate_sats, credited_at, t.number
      FROM fpps_stretch s LEFT JOIN (${NUMBERED}) t ON t.id = s.transaction_id ORDER BY end_position`,
    values: all,
  },
  {
    what: 'FPPS credits',
    sql: `SELECT end_position, address, score, numerator_before, numerator_after, amount_sats
      FROM fpps_credit JOIN miner ON miner.id = miner_id ORDER BY end_position, address COLLATE "C"`,
    values: all,
  },
  {
    what: 'ledger transactions',
    sql: `SELECT t.number, t.kind, t.block_hash, t.payout_batch_id, t.occurrence, t.posted_at, c.author, c.reason, r.number AS reverses
      FROM (${NUMBERED}) t LEFT JOIN ledger_correction c ON c.transaction_id = t.id
      LEFT JOIN (${NUMBERED}) r ON r.id = c.reverses_id ORDER BY t.number`,
    values: all,
  },
  {
    what: 'ledger entries',
    sql: `SELECT t.number, a.name, e.amount_sats FROM ledger_entry e JOIN (${NUMBERED}) t ON t.id = e.transaction_id
      JOIN ledger_account a ON a.id = e.account_id ORDER BY t.number, a.name COLLATE "C"`,
    values: all,
  },
  {
    what: 'balances',
    sql: `SELECT a.name, m.address, k.kind, k.entries, k.amount_sats
      FROM ledger_account a LEFT JOIN miner m ON m.id = a.miner_id LEFT JOIN ledger_total k ON k.account_id = a.id
      ORDER BY a.name COLLATE "C", k.kind COLLATE "C"`,
    values: all,
  },
]
