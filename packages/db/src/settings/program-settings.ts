import type { Queryable } from '../transaction.js'

export interface SettingLine {
  readonly name: string
  /** As it would stand in the environment; passwords are left out; undefined when not set. */
  readonly value?: string | undefined
  readonly isDefault: boolean
}

export interface ProgramSettings {
  /** `serve` or `settle`. */
  readonly program: string
  readonly host: string
  readonly startedAtMs: number
  readonly lines: readonly SettingLine[]
}

/** What a program was started with, in place of what it was started with before. */
export async function saveProgramSettings(db: Queryable, settings: ProgramSettings): Promise<void> {
  const { program, host, startedAtMs, lines } = settings
  await db.query(
    `INSERT INTO program_settings (program, host, started_at, lines) VALUES ($1, $2, $3, $4)
     ON CONFLICT (program, host) DO UPDATE SET started_at = excluded.started_at, lines = excluded.lines`,
    [program, host, new Date(startedAtMs), JSON.stringify(lines)],
  )
}

/** Of every program and host, started last first. */
export async function readProgramSettings(db: Queryable): Promise<ProgramSettings[]> {
  const { rows } = await db.query<{
    readonly program: string
    readonly host: string
    readonly started_at: Date
    readonly lines: SettingLine[]
  }>('SELECT program, host, started_at, lines FROM program_settings ORDER BY started_at DESC LIMIT 20')
  return rows.map(({ program, host, started_at, lines }) => ({
    ...{ program, host, lines },
    startedAtMs: started_at.getTime(),
  }))
}
