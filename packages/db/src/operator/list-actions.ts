import type { Queryable } from '../transaction.js'
import type { ActionValue } from './record-action.js'

export interface ListedAction {
  readonly id: bigint
  readonly atMs: number
  readonly author: string
  readonly action: string
  readonly subject: string | undefined
  readonly input: ActionValue | undefined
  /** Undefined: it was cut off, or is under way. */
  readonly outcome:
    | {
        readonly atMs: number
        readonly before: ActionValue | undefined
        readonly after: ActionValue | undefined
        /** Why it was not done; undefined: it was. */
        readonly problem: string | undefined
      }
    | undefined
}

export interface ActionFilter {
  readonly author?: string | undefined
  /** The action, or what its name begins with: `payouts.`. */
  readonly action?: string | undefined
  readonly subject?: string | undefined
  readonly outcome?: 'done' | 'not-done' | 'unknown' | undefined
}

/** The newest first, those before `beforeId` when it is given. */
export async function listActions(
  db: Queryable,
  { author, action, subject, outcome }: ActionFilter,
  beforeId: bigint | undefined,
  limit: number,
): Promise<ListedAction[]> {
  const { rows } = await db.query<{
    id: string
    at: Date
    author: string
    action: string
    subject: string | null
    input: ActionValue
    ended_at: Date | null
    before: ActionValue
    after: ActionValue
    problem: string | null
  }>(
    `SELECT a.id, a.at, a.author, a.action, a.subject, a.input, o.at AS ended_at, o.before, o.after, o.problem
     FROM operator_action a LEFT JOIN operator_action_outcome o ON o.action_id = a.id
     WHERE ($1::bigint IS NULL OR a.id < $1) AND ($2::text IS NULL OR a.author = $2)
       AND ($3::text IS NULL OR starts_with(a.action, $3)) AND ($4::text IS NULL OR a.subject = $4)
       AND ($5::text IS NULL OR $5 = CASE WHEN o.is_done THEN 'done' WHEN NOT o.is_done THEN 'not-done' ELSE 'unknown' END)
     ORDER BY a.id DESC LIMIT $6`,
    [beforeId ?? null, author ?? null, action ?? null, subject ?? null, outcome ?? null, limit],
  )
  return rows.map((row) => ({
    id: BigInt(row.id),
    atMs: row.at.getTime(),
    author: row.author,
    action: row.action,
    subject: row.subject ?? undefined,
    input: row.input ?? undefined,
    outcome:
      row.ended_at === null
        ? undefined
        : {
            atMs: row.ended_at.getTime(),
            before: row.before ?? undefined,
            after: row.after ?? undefined,
            problem: row.problem ?? undefined,
          },
  }))
}

/** Whose actions there are, by name. */
export async function listAuthors(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ author: string }>(
    'SELECT DISTINCT author FROM operator_action ORDER BY author',
  )
  return rows.map(({ author }) => author)
}
