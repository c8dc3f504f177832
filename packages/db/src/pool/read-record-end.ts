import type { Queryable } from '../transaction.js'

/** How far the record of accepted work reaches, by the database's clock. */
export interface RecordEnd {
  readonly nowMs: number
  /** When the first segment of the pool was opened; undefined before there is one. */
  readonly firstShareAtMs: number | undefined
  /** When the newest segment was sealed. */
  readonly journalEndMs: number | undefined
  /** When the newest segment that is in the rollups was sealed. */
  readonly rollupEndMs: number | undefined
  /** Whether the rollups hold every segment that has arrived. */
  readonly isRolledUp: boolean
}

interface RecordEndRow {
  readonly now: Date
  readonly first_opened_at: Date | null
  readonly head_sealed_at: Date | null
  readonly cursor_sealed_at: Date | null
  readonly is_rolled_up: boolean
}

const READ = `
  SELECT now() AS now, first.opened_at AS first_opened_at, newest.sealed_at AS head_sealed_at,
         rolled.sealed_at AS cursor_sealed_at,
         COALESCE(cursor.position, 0) >= COALESCE(head.position, 0) AS is_rolled_up
  FROM (SELECT 1) AS one
  LEFT JOIN journal_head AS head ON head.id = 1
  LEFT JOIN rollup_cursor AS cursor ON cursor.id = 1
  LEFT JOIN segment AS first ON first.position = 1
  LEFT JOIN segment AS newest ON newest.position = head.position
  LEFT JOIN segment AS rolled ON rolled.position = cursor.position`

export async function readRecordEnd(db: Queryable): Promise<RecordEnd> {
  const { rows } = await db.query<RecordEndRow>(READ)
  const row = rows[0]
  if (row === undefined) throw new Error('a query that always has one row had none')
  return {
    nowMs: row.now.getTime(),
    firstShareAtMs: row.first_opened_at?.getTime(),
    journalEndMs: row.head_sealed_at?.getTime(),
    rollupEndMs: row.cursor_sealed_at?.getTime(),
    isRolledUp: row.is_rolled_up,
  }
}
