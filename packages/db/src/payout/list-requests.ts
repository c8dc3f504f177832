import {
  ANSWERED_WITHIN_MS,
  standingOfRequest,
  TAKEN_WITHIN_MS,
  type Reconciliation,
  type RequestAnswer,
  type RequestKind,
  type RequestStanding,
} from '@headframe/core/payout/request'
import type { Queryable } from '../transaction.js'

/** What an operator has asked of whoever has the wallet, and what became of it. */
export interface PayoutRequest {
  readonly id: bigint
  readonly kind: RequestKind
  /** undefined: all payouts. */
  readonly batchId: bigint | undefined
  readonly author: string
  readonly askedAtMs: number
  readonly standing: RequestStanding
  /** Of whoever took it last. */
  readonly takenAtMs: number | undefined
  readonly answer: RequestAnswer | undefined
  readonly answeredAtMs: number | undefined
}

interface RequestRow {
  readonly id: string
  readonly kind: RequestKind
  readonly batch_id: string | null
  readonly author: string
  readonly asked_at: Date
  readonly state: Exclude<RequestStanding, 'unanswered'>
  readonly taken_at: Date | null
  readonly answer: StoredAnswer | null
  readonly answered_at: Date | null
}

/** As JSON has it: amounts as text. */
interface StoredAnswer {
  readonly text: string
  readonly reconciliation?: Record<'walletSats' | 'booksSats' | 'onTheirWaySats', string> &
    Pick<Reconciliation, 'isWhole' | 'findings' | 'findingCount'>
}

/** As SQL, with what `waitingSince` says as $1 and $2: one that somebody may yet answer. */
export const WAITS = `((state = 'asked' AND asked_at > $1) OR (state = 'taken' AND asked_at > $2))`

export const waitingSince = (nowMs: number): readonly [Date, Date] => [
  new Date(nowMs - TAKEN_WITHIN_MS),
  new Date(nowMs - ANSWERED_WITHIN_MS),
]

/** Whether there is anything to answer. */
export async function hasRequests(db: Queryable, nowMs: number): Promise<boolean> {
  const { rows } = await db.query<{ waits: boolean }>(
    `SELECT EXISTS (SELECT FROM payout_request WHERE ${WAITS}) AS waits`,
    [...waitingSince(nowMs)],
  )
  return rows[0]!.waits
}

const COLUMNS = 'id, kind, batch_id, author, asked_at, state, taken_at, answer, answered_at'

/** The newest first: of one payout, or (undefined) of any and all. */
export async function listRequests(
  db: Queryable,
  batchId: bigint | undefined,
  limit: number,
  nowMs: number,
): Promise<PayoutRequest[]> {
  const { rows } = await db.query<RequestRow>(
    `SELECT ${COLUMNS} FROM payout_request WHERE $1::bigint IS NULL OR batch_id = $1 ORDER BY id DESC LIMIT $2`,
    [batchId ?? null, limit],
  )
  return rows.map((row) => requestOfRow(row, nowMs))
}

export async function readRequest(
  db: Queryable,
  id: bigint,
  nowMs: number,
): Promise<PayoutRequest | undefined> {
  const { rows } = await db.query<RequestRow>(`SELECT ${COLUMNS} FROM payout_request WHERE id = $1`, [id])
  return rows.map((row) => requestOfRow(row, nowMs))[0]
}

function requestOfRow(row: RequestRow, nowMs: number): PayoutRequest {
  const askedAtMs = row.asked_at.getTime()
  return {
    id: BigInt(row.id),
    kind: row.kind,
    batchId: row.batch_id === null ? undefined : BigInt(row.batch_id),
    author: row.author,
    askedAtMs,
    standing: standingOfRequest({ state: row.state, askedAtMs }, nowMs),
    takenAtMs: row.taken_at?.getTime(),
    answer: row.answer === null ? undefined : answerOf(row.answer),
    answeredAtMs: row.answered_at?.getTime(),
  }
}

function answerOf({ text, reconciliation }: StoredAnswer): RequestAnswer {
  if (reconciliation === undefined) return { text }
  const { walletSats, booksSats, onTheirWaySats } = reconciliation
  const amounts = {
    walletSats: BigInt(walletSats),
    booksSats: BigInt(booksSats),
    onTheirWaySats: BigInt(onTheirWaySats),
  }
  return { text, reconciliation: { ...reconciliation, ...amounts } }
}
