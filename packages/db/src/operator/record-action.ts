import type { Queryable } from '../transaction.js'

/** What may stand in the log: JSON, whose amounts are text. */
export type ActionValue =
  | null
  | boolean
  | number
  | string
  | readonly ActionValue[]
  | { readonly [name: string]: ActionValue | undefined }

/** Who does something. */
export interface ActionAuthor {
  /** Undefined: a command, or nobody who is known. */
  readonly operatorId: number | undefined
  readonly author: string
}

export interface StartedAction extends ActionAuthor {
  readonly action: string
  /** What it is done to, such as `payout 7`. */
  readonly subject?: string | undefined
  /** What was asked for, without secrets. */
  readonly input?: ActionValue | undefined
}

export interface ActionOutcome {
  readonly before?: ActionValue | undefined
  readonly after?: ActionValue | undefined
  /** Why it was not done; undefined: it was. */
  readonly problem?: string | undefined
}

/** Written before anything is done, so that what is cut off is known too. Returns what the outcome is recorded with. */
export async function startAction(db: Queryable, action: StartedAction, nowMs: number): Promise<bigint> {
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO operator_action (at, operator_id, author, action, subject, input) VALUES ($1, $2, $3, $4, $5, $6)
     RETURNING id`,
    [
      new Date(nowMs),
      action.operatorId ?? null,
      action.author,
      action.action,
      action.subject ?? null,
      jsonOf(action.input),
    ],
  )
  return BigInt(rows[0]!.id)
}

export async function endAction(
  db: Queryable,
  actionId: bigint,
  { before, after, problem }: ActionOutcome,
  nowMs: number,
): Promise<void> {
  await db.query(
    `INSERT INTO operator_action_outcome (action_id, at, is_done, before, after, problem)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [actionId, new Date(nowMs), problem === undefined, jsonOf(before), jsonOf(after), problem ?? null],
  )
}

/** What is known to be done, or not, by the time it is written down. */
export async function recordAction(
  db: Queryable,
  action: StartedAction,
  outcome: ActionOutcome,
  nowMs: number,
): Promise<void> {
  await endAction(db, await startAction(db, action, nowMs), outcome, nowMs)
}

/** NUL is no character of Postgres. */
const jsonOf = (value: ActionValue | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value).replaceAll('\\u0000', '\\ufffd')
