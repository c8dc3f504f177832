import type { Database } from '../database.js'
import type { Queryable } from '../transaction.js'
import { changeMiner } from './change-miner.js'
import { recordChange, type ChangedBy } from './record-change.js'

/** Another place to be paid at, signed by the miner's own address. */
export interface PayoutAddressRequest {
  readonly address: string
  readonly script: Uint8Array
  readonly message: string
  readonly signature: string
  readonly proofHash: Uint8Array
}

export interface PayoutAddress {
  readonly address: string
  readonly requestedAtMs: number
  readonly effectiveAtMs: number
}

export interface PayoutAddresses {
  /** undefined: his own address. */
  readonly current: PayoutAddress | undefined
  /** Asked for, and not in force yet. */
  readonly pending: PayoutAddress | undefined
}

interface AddressRow {
  readonly id: number
  readonly address: string
  readonly requested_at: Date
  readonly effective_at: Date
  readonly is_in_force: boolean
}

/**
 * The row of `payout_address` that says where a miner is paid at a time, as SQL: of those not cancelled and in force by
 * then, the newest. `miner` and `at` are SQL as well.
 */
export const inForce = (miner: string, at: string): string =>
  `SELECT * FROM payout_address WHERE miner_id = ${miner} AND cancelled_at IS NULL AND effective_at <= ${at}
   ORDER BY effective_at DESC, id DESC LIMIT 1`

export async function readPayoutAddresses(
  db: Queryable,
  minerId: number,
  nowMs: number,
): Promise<PayoutAddresses> {
  const { rows } = await db.query<AddressRow>(
    `SELECT id, address, requested_at, effective_at, effective_at <= $2 AS is_in_force FROM payout_address
     WHERE miner_id = $1 AND cancelled_at IS NULL ORDER BY effective_at DESC, id DESC LIMIT 2`,
    [minerId, new Date(nowMs)],
  )
  return {
    current: addressOf(rows.find((row) => row.is_in_force)),
    pending: addressOf(rows.find((row) => !row.is_in_force)),
  }
}

/**
 * From `effectiveAtMs` on the miner is paid there. What he asked for before and is not in force yet is cancelled.
 * Returns false when the proof has served already.
 */
export async function requestPayoutAddress(
  db: Pick<Database, 'pool'>,
  minerId: number,
  request: PayoutAddressRequest,
  effectiveAtMs: number,
  by: ChangedBy,
): Promise<boolean> {
  let isNew = false
  await changeMiner(db, minerId, by, async (client) => {
    const { current } = await readPayoutAddresses(client, minerId, by.atMs)
    const { rowCount } = await client.query(
      `INSERT INTO payout_address (miner_id, address, script, message, signature, proof_hash, requested_at, effective_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE NOT EXISTS (SELECT FROM payout_address WHERE proof_hash = $6)`,
      [
        minerId,
        request.address,
        Buffer.from(request.script),
        request.message,
        request.signature,
        Buffer.from(request.proofHash),
        new Date(by.atMs),
        new Date(effectiveAtMs),
      ],
    )
    if (rowCount !== 1) return undefined
    isNew = true
    await cancelPending(client, minerId, by, request.proofHash)
    const inForceAt = new Date(effectiveAtMs).toISOString()
    return { what: 'payout-address', before: current?.address, after: `${request.address} from ${inForceAt}` }
  })
  return isNew
}

/** Takes back what was asked for and is not in force yet. Returns false when there is nothing. */
export async function cancelPayoutAddress(
  db: Pick<Database, 'pool'>,
  minerId: number,
  by: ChangedBy,
): Promise<boolean> {
  let isCancelled = false
  await changeMiner(db, minerId, by, async (client) => {
    isCancelled = await cancelPending(client, minerId, by)
    return undefined
  })
  return isCancelled
}

async function cancelPending(
  db: Queryable,
  minerId: number,
  by: ChangedBy,
  exceptProofHash?: Uint8Array,
): Promise<boolean> {
  const { rows } = await db.query<{ address: string }>(
    `UPDATE payout_address SET cancelled_at = $2
     WHERE miner_id = $1 AND cancelled_at IS NULL AND effective_at > $2 AND ($3::bytea IS NULL OR proof_hash <> $3)
     RETURNING address`,
    [minerId, new Date(by.atMs), exceptProofHash === undefined ? null : Buffer.from(exceptProofHash)],
  )
  for (const { address } of rows) {
    const change = { what: 'payout-address-cancelled', before: address, after: undefined } as const
    await recordChange(db, minerId, change, by)
  }
  return rows.length > 0
}

function addressOf(row: AddressRow | undefined): PayoutAddress | undefined {
  return (
    row && {
      address: row.address,
      requestedAtMs: row.requested_at.getTime(),
      effectiveAtMs: row.effective_at.getTime(),
    }
  )
}
