import type { Database } from '../database.js'
import type { Queryable } from '../transaction.js'
import { HIDDEN_WORKER } from '../worker/hidden-worker.js'
import { changeMiner } from './change-miner.js'
import type { ChangedBy } from './record-change.js'

/** What a miner says of a worker, for himself. */
export interface WorkerSettings {
  readonly label: string | undefined
  readonly notes: string | undefined
  readonly isHidden: boolean
}

export interface NamedWorkerSettings extends WorkerSettings {
  readonly name: string
  readonly lastShareAtMs: number | undefined
}

interface WorkerSettingsRow {
  readonly name: string
  readonly last_share_at: Date | null
  readonly label: string | null
  readonly notes: string | null
  readonly is_hidden: boolean
}

const COLUMNS = `name, last_share_at, label, notes, ${HIDDEN_WORKER} AS is_hidden`

/** Of all workers of a miner, by name, at most `limit`. */
export async function listWorkerSettings(
  db: Queryable,
  minerId: number,
  limit: number,
): Promise<NamedWorkerSettings[]> {
  const { rows } = await db.query<WorkerSettingsRow>(
    `SELECT ${COLUMNS} FROM worker WHERE miner_id = $1 ORDER BY name LIMIT $2`,
    [minerId, limit],
  )
  return rows.map((row) => ({
    name: row.name,
    lastShareAtMs: row.last_share_at?.getTime(),
    ...settingsOf(row),
  }))
}

/** Returns false when the miner has no worker of that name. */
export async function changeWorker(
  db: Pick<Database, 'pool'>,
  minerId: number,
  name: string,
  wanted: WorkerSettings,
  by: ChangedBy,
): Promise<boolean> {
  let isKnown = false
  await changeMiner(db, minerId, by, async (client) => {
    const { rows } = await client.query<WorkerSettingsRow>(
      `SELECT ${COLUMNS} FROM worker WHERE miner_id = $1 AND name = $2`,
      [minerId, name],
    )
    if (rows[0] === undefined) return undefined
    isKnown = true
    const before = settingsOf(rows[0])
    const { label, notes, isHidden } = wanted
    if (before.label === label && before.notes === notes && before.isHidden === isHidden) return undefined
    const hiddenAt = isHidden ? new Date(by.atMs) : null
    await client.query(
      'UPDATE worker SET label = $3, notes = $4, hidden_at = $5 WHERE miner_id = $1 AND name = $2',
      [minerId, name, label ?? null, notes ?? null, hiddenAt],
    )
    return { what: 'worker', before: describe(name, before), after: describe(name, wanted) }
  })
  return isKnown
}

function settingsOf(row: WorkerSettingsRow): WorkerSettings {
  return { label: row.label ?? undefined, notes: row.notes ?? undefined, isHidden: row.is_hidden }
}

/** Notes are nobody's business but in their own place. */
function describe(name: string, { label, notes, isHidden }: WorkerSettings): string {
  const parts = [label === undefined ? 'no label' : `"${label}"`]
  if (notes !== undefined) parts.push('with notes')
  if (isHidden) parts.push('hidden')
  return `${name === '' ? '(no name)' : name}: ${parts.join(', ')}`
}
