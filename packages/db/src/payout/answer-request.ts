import type { RequestAnswer, RequestKind } from '@headframe/core/payout/request'
import { asLeader, type Lead } from './lead-payouts.js'
import { WAITS, waitingSince } from './list-requests.js'

/** A request that this leader has taken, and nobody else answers while he leads. */
export interface TakenRequest {
  readonly id: bigint
  readonly kind: RequestKind
  /** undefined: all payouts. */
  readonly batchId: bigint | undefined
  /** A signed PSBT. */
  readonly argument: string | undefined
  /** How many have taken it, this one included: those before him ended over it. */
  readonly takes: number
}

/** Takes the oldest request that waits, or whose taker leads no more. Throws LostLead when another leads by now. */
export function takeRequest(lead: Lead, nowMs: number): Promise<TakenRequest | undefined> {
  return asLeader(lead, async (client) => {
    const { rows } = await client.query<{
      id: string
      kind: RequestKind
      batch_id: string | null
      argument: string | null
      takes: number
    }>(
      `UPDATE payout_request SET state = 'taken', taken_by = $3, taken_at = $4, takes = takes + 1
       WHERE id = (SELECT id FROM payout_request WHERE ${WAITS} AND taken_by IS DISTINCT FROM $3 ORDER BY id LIMIT 1)
       RETURNING id, kind, batch_id, argument, takes`,
      [...waitingSince(nowMs), lead.token, new Date(nowMs)],
    )
    return rows.map(({ id, kind, batch_id, argument, takes }) => ({
      id: BigInt(id),
      kind,
      batchId: batch_id === null ? undefined : BigInt(batch_id),
      argument: argument ?? undefined,
      takes,
    }))[0]
  })
}

/** Answers a request that this leader has taken, for good. Throws LostLead when another leads by now. */
export async function answerRequest(
  lead: Lead,
  id: bigint,
  outcome: 'done' | 'refused',
  answer: RequestAnswer,
  nowMs: number,
): Promise<void> {
  await asLeader(lead, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE payout_request SET state = $3, answer = $4, answered_at = $5, argument = NULL
       WHERE id = $1 AND state = 'taken' AND taken_by = $2`,
      [id, lead.token, outcome, jsonOf(answer), new Date(nowMs)],
    )
    if (rowCount !== 1) throw new Error(`request ${id} of payouts is not this leader's to answer`)
  })
}

/** Amounts as text; NUL is no character of Postgres. */
const jsonOf = (answer: RequestAnswer): string =>
  JSON.stringify(answer, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  ).replaceAll('\\u0000', '\\ufffd')
