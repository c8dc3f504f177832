import type {
  FeePayer,
  PayoutBatch,
  PayoutItem,
  PayoutState,
  PayoutVersion,
} from '@headframe/core/payout/batch'
import { unsignedTransactionOf } from '@headframe/core/payout/read-psbt'
import type { Queryable } from '../transaction.js'

interface BatchRow {
  readonly id: string
  readonly state: PayoutState
  readonly fee_payer: FeePayer
  readonly total_sats: string
  readonly created_at: Date
  readonly needs_approval: boolean
  readonly bump_requested_by: string | null
  readonly placed_version: number | null
  readonly placed_block_hash: string | null
  readonly placed_height: number | null
}

interface ItemRow {
  readonly batch_id: string
  readonly address: string
  readonly script: Buffer
  readonly amount_sats: string
}

interface VersionRow {
  readonly batch_id: string
  readonly number: number
  readonly psbt: string
  readonly fee_sats: string
  readonly fee_rate: number
  readonly funded_height: number
  readonly funded_at: Date
  readonly raw: Buffer | null
  readonly txid: string | null
  readonly sent_at: Date | null
}

const COLUMNS = `id, state, fee_payer, total_sats, created_at, needs_approval, bump_requested_by, placed_version,
  placed_block_hash, placed_height`

/**
 * The batches that something may still happen to, the oldest first: all that are not cancelled, but for those that were
 * settled by a block at `deepHeight` or below.
 */
export async function listLiveBatches(db: Queryable, deepHeight: number): Promise<PayoutBatch[]> {
  const { rows } = await db.query<BatchRow>(
    `SELECT ${COLUMNS} FROM payout_batch
     WHERE state NOT IN ('cancelled', 'settled') OR (state = 'settled' AND placed_height > $1) ORDER BY id`,
    [deepHeight],
  )
  return withContents(db, rows)
}

export async function readBatch(db: Queryable, id: bigint): Promise<PayoutBatch | undefined> {
  const { rows } = await db.query<BatchRow>(`SELECT ${COLUMNS} FROM payout_batch WHERE id = $1`, [id])
  return (await withContents(db, rows))[0]
}

async function withContents(db: Queryable, batches: readonly BatchRow[]): Promise<PayoutBatch[]> {
  const ids = batches.map(({ id }) => id)
  const items = await db.query<ItemRow>(
    `SELECT i.batch_id, m.address, i.script, i.amount_sats FROM payout_item i JOIN miner m ON m.id = i.miner_id
     WHERE i.batch_id = ANY ($1::bigint[]) ORDER BY m.address COLLATE "C"`,
    [ids],
  )
  const versions = await db.query<VersionRow>(
    `SELECT batch_id, number, psbt, fee_sats, fee_rate, funded_height, funded_at, raw, txid, sent_at
     FROM payout_version WHERE batch_id = ANY ($1::bigint[]) AND abandoned_at IS NULL ORDER BY batch_id, number`,
    [ids],
  )
  const itemsOf = groupByBatch(items.rows, itemOfRow)
  const versionsOf = groupByBatch(versions.rows, versionOfRow)
  return batches.map((row) => batchOfRow(row, itemsOf.get(row.id) ?? [], versionsOf.get(row.id) ?? []))
}

function groupByBatch<Row extends { readonly batch_id: string }, T>(
  rows: readonly Row[],
  read: (row: Row) => T,
): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.batch_id) ?? []
    group.push(read(row))
    groups.set(row.batch_id, group)
  }
  return groups
}

function batchOfRow(
  row: BatchRow,
  items: readonly PayoutItem[],
  versions: readonly PayoutVersion[],
): PayoutBatch {
  const { placed_version, placed_block_hash, placed_height } = row
  return {
    id: BigInt(row.id),
    state: row.state,
    feePayer: row.fee_payer,
    totalSats: BigInt(row.total_sats),
    createdAtMs: row.created_at.getTime(),
    awaitsApproval: row.needs_approval,
    bumpRequested: row.bump_requested_by !== null,
    items,
    versions,
    place:
      placed_version === null
        ? undefined
        : { version: placed_version, blockHash: placed_block_hash!, height: placed_height! },
  }
}

function itemOfRow(row: ItemRow): PayoutItem {
  return { address: row.address, script: new Uint8Array(row.script), amountSats: BigInt(row.amount_sats) }
}

function versionOfRow(row: VersionRow): PayoutVersion {
  const { raw, txid } = row
  return {
    number: row.number,
    psbt: row.psbt,
    unsigned: unsignedTransactionOf(row.psbt),
    feeSats: BigInt(row.fee_sats),
    feeRate: row.fee_rate,
    fundedHeight: row.funded_height,
    fundedAtMs: row.funded_at.getTime(),
    signed: raw === null ? undefined : { raw: new Uint8Array(raw), txid: txid! },
    sentAtMs: row.sent_at?.getTime(),
  }
}
