import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type Database } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { addOperator } from '@headframe/db/operator/add-operator'
import { startEnrolment } from '@headframe/db/operator/enrolment'
import type { OperatorRole } from '@headframe/db/operator/operator'
import { readSession, type OperatorSession } from '@headframe/db/operator/session'
import { createTestDatabase } from '@headframe/local/testing/services'
import { generate } from 'otplib'
import { ConsoleKey } from '../../src/server/operators/console-key'
import type { Desk } from '../../src/server/operators/desk'
import { enrol, readProposedTotp } from '../../src/server/operators/enrol'
import { confirmTotp } from '../../src/server/operators/second-factor'
import { SESSION_TERMS } from '../../src/server/operators/session-terms'
import { tokenHash } from '../../src/server/operators/token'

export const PASSWORD = 'four tall pines and a lake'
const HOUR_MS = 3_600_000

/** The console's desk over a database of its own, with a clock that a test sets. */
export interface TestDesk extends Desk {
  readonly database: Database
  setClock(ms: number): void
  /** Adds somebody; the code of his link. */
  invite(name: string, role?: OperatorRole): Promise<string>
  /** Somebody with PASSWORD and one-time codes of this secret. */
  enrolled(name: string, role?: OperatorRole): Promise<{ secret: string; recoveryCodes: readonly string[] }>
  codeOf(secret: string): Promise<string>
  sessionOf(token: string): Promise<OperatorSession | undefined>
  close(): Promise<void>
}

export async function openTestDesk(): Promise<TestDesk> {
  const created = await createTestDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'headframe-console-'))
  const database = openDatabase({ url: created.url })
  await migrate(database.pool)
  let clockMs = Date.UTC(2026, 0, 1)
  const desk: TestDesk = {
    database,
    consoleKey: new ConsoleKey(join(folder, 'new', 'console.key')),
    nowMs: () => clockMs,
    setClock: (ms) => (clockMs = ms),
    async invite(name, role = 'admin') {
      const code = randomBytes(16).toString('hex')
      const operatorId = await addOperator(
        database.pool,
        { name, email: `${name}@pool.example`, role },
        clockMs,
      )
      const codeHash = createHash('sha256').update(code).digest()
      await startEnrolment(
        database,
        { operatorId: operatorId!, codeHash, expiresAtMs: clockMs + HOUR_MS },
        clockMs,
      )
      return code
    },
    async enrolled(name, role) {
      const begun = await enrol(
        desk,
        { code: await desk.invite(name, role), password: PASSWORD },
        'a browser',
      )
      if (!begun.ok) throw new Error(begun.problem)
      const session = (await desk.sessionOf(begun.token))!
      const { secret } = (await readProposedTotp(desk, session, 'pool.example'))!
      const confirmed = await confirmTotp(desk, session, await desk.codeOf(secret))
      if (!confirmed.ok) throw new Error(confirmed.problem)
      // The next code is another.
      desk.setClock(clockMs + 60_000)
      return { secret, recoveryCodes: confirmed.recoveryCodes }
    },
    codeOf: (secret) => generate({ secret, epoch: Math.floor(clockMs / 1000) }),
    sessionOf: (token) => readSession(database.pool, tokenHash(token), SESSION_TERMS, clockMs),
    async close() {
      rmSync(folder, { recursive: true })
      await database.close()
      await created.drop()
    },
  }
  return desk
}
