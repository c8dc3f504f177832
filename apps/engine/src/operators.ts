import { createHash, randomBytes } from 'node:crypto'
import { userInfo } from 'node:os'
import { openDatabase, type Database } from '@headframe/db/database'
import { addOperator, setRole } from '@headframe/db/operator/add-operator'
import { disableOperator, enableOperator } from '@headframe/db/operator/disable-operator'
import { startEnrolment } from '@headframe/db/operator/enrolment'
import { findOperator, listOperators, type Operator } from '@headframe/db/operator/operator'
import { endAction, startAction } from '@headframe/db/operator/record-action'
import { attemptKeysOf, forgetFailures } from '@headframe/db/operator/sign-in-attempt'
import { loadEngineOptions } from './env.js'
import {
  formatOperators,
  parseOperatorCommand,
  timeOf,
  USAGE,
  type OperatorCommand,
} from './operator/operator-command.js'
import { exitOnFault } from './processes/stop-signal.js'

const LINK_HOURS = 24
const CODE_BYTES = 32

interface Surroundings {
  readonly db: Database
  /** Where browsers find the dashboard. */
  readonly webUrl: string
  readonly nowMs: number
}

type Change = Exclude<OperatorCommand, { kind: 'list' } | { kind: 'help' } | { kind: 'problem' }>

/** Does what was asked for; the answer is for a person. Throws what keeps it from being done. */
async function obey(command: Change, surroundings: Surroundings): Promise<string> {
  const { db, nowMs } = surroundings
  if (command.kind === 'add') return add(command, surroundings)
  const operator = await operatorOf(db, command.name)
  switch (command.kind) {
    case 'reset':
      if (operator.disabledAtMs !== undefined)
        throw new Error(`${operator.name} is disabled: enable him first.`)
      return `What ${operator.name} signed in with is void.\n${await linkFor(operator.id, surroundings)}`
    case 'role':
      await setRole(db.pool, operator.id, command.role)
      return `${operator.name} is ${command.role} from now on.`
    case 'disable':
      await disableOperator(db, operator.id, nowMs)
      return `${operator.name} cannot sign in any more, and is signed out.`
    case 'enable':
      await enableOperator(db, operator.id)
      return `${operator.name} may sign in again.`
    case 'unlock':
      for (const key of attemptKeysOf(operator)) await forgetFailures(db.pool, key)
      return `The failed attempts of ${operator.name} are forgotten.`
  }
}

async function add(
  { name, email, role }: Extract<Change, { kind: 'add' }>,
  surroundings: Surroundings,
): Promise<string> {
  const id = await addOperator(surroundings.db.pool, { name, email, role }, surroundings.nowMs)
  if (id === undefined) throw new Error(`There is an operator ${name} or ${email} already.`)
  return `${name} is ${role}.\n${await linkFor(id, surroundings)}`
}

/** What stands behind the # does not leave the browser, so that no log has it. */
async function linkFor(operatorId: number, { db, webUrl, nowMs }: Surroundings): Promise<string> {
  const code = randomBytes(CODE_BYTES).toString('base64url')
  const codeHash = createHash('sha256').update(code).digest()
  const expiresAtMs = nowMs + LINK_HOURS * 3_600_000
  await startEnrolment(db, { operatorId, codeHash, expiresAtMs }, nowMs)
  const link = new URL(`/console/enrol#${code}`, webUrl)
  return `By this link he sets his password and second factor, until ${timeOf(expiresAtMs)}; it is for nobody else:\n${link.href}`
}

async function operatorOf(db: Database, name: string): Promise<Operator> {
  const operator = await findOperator(db.pool, name)
  if (operator === undefined) throw new Error(`There is no operator ${name}.`)
  return operator
}

/** What is done by command stands in the audit log like what is done on the console. */
async function obeyOnRecord(command: Change, author: string, surroundings: Surroundings): Promise<string> {
  const { pool } = surroundings.db
  const { kind, name, ...input } = command
  const action = {
    operatorId: undefined,
    author: `command: ${author}`,
    action: `operators.${kind}`,
    subject: `operator ${name}`,
    input,
  }
  const id = await startAction(pool, action, surroundings.nowMs)
  try {
    const answer = await obey(command, surroundings)
    await endAction(pool, id, {}, Date.now())
    return answer
  } catch (error) {
    await endAction(pool, id, { problem: (error as Error).message }, Date.now())
    throw error
  }
}

/** `npm run operators`: who may sign in to the console. */
await exitOnFault(async () => {
  const { command, author } = parseOperatorCommand(process.argv.slice(2), userInfo().username)
  if (command.kind === 'problem') throw new Error(command.problem)
  if (command.kind === 'help') return void process.stdout.write(USAGE)
  const { DATABASE_URL, WEB_PUBLIC_URL } = loadEngineOptions()
  const db = openDatabase({ url: DATABASE_URL })
  try {
    await db.pool.query('SELECT 1').catch((error: unknown) => {
      throw new Error(`The database cannot be asked: ${(error as Error).message}; see DATABASE_URL.`)
    })
    const answer =
      command.kind === 'list'
        ? formatOperators(await listOperators(db.pool))
        : await obeyOnRecord(command, author, { db, webUrl: WEB_PUBLIC_URL, nowMs: Date.now() })
    process.stdout.write(`${answer}\n`)
  } finally {
    await db.close()
  }
})
