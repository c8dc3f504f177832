import { createHash } from 'node:crypto'
import { findEnrolment } from '@headframe/db/operator/enrolment'
import { listActions } from '@headframe/db/operator/list-actions'
import { findOperator } from '@headframe/db/operator/operator'
import { attemptKeysOf, takeAttempt } from '@headframe/db/operator/sign-in-attempt'
import { testServices } from '@headframe/local/testing/services'
import { expect, test } from 'vitest'
import { ownDatabase } from '../own-database.js'
import { runCommand } from '../run-command.js'

const own = ownDatabase()

const operatorsOn = (databaseUrl: string, ...args: string[]) =>
  runCommand('operators', args, {
    redisUrl: testServices().redisUrl,
    environment: { DATABASE_URL: databaseUrl, WEB_PUBLIC_URL: 'https://pool.example' },
  })
const operators = (...args: string[]) => operatorsOn(own().url, ...args, '--by', 'ann')

/** Whose link was printed. */
function ownerOf(output: string): Promise<number | undefined> {
  const [, code = ''] = /^https:\/\/pool\.example\/console\/enrol#(\S+)$/m.exec(output) ?? []
  return findEnrolment(own().db.pool, createHash('sha256').update(code).digest(), Date.now())
}

const ada = async () => (await findOperator(own().db.pool, 'ada'))!
const actions = async () =>
  (await listActions(own().db.pool, {}, undefined, 20)).map(({ author, action, subject, outcome }) => [
    author,
    action,
    subject,
    outcome?.problem,
  ])

test('an operator is made with a link of his own, and nobody else takes his name', async () => {
  expect(await operators()).toMatchObject({
    code: 0,
    output: expect.stringContaining('There are no operators yet') as string,
  })
  const added = await operators('add', 'ada', 'ada@pool.example', '--role', 'admin')
  expect(added).toMatchObject({ code: 0, error: '' })
  expect(added.output).toMatch(/^ada is admin\.\nBy this link .*, until \S+Z; it is for nobody else:\nhttps:/)
  expect(await ownerOf(added.output)).toBe((await ada()).id)
  expect(await operators('add', 'bea', 'ADA@pool.example')).toMatchObject({
    code: 1,
    output: '',
    error: 'There is an operator bea or ada@pool.example already.\n',
  })
  expect((await operators()).output).toMatch(
    /\nada +ada@pool\.example +admin +\S+Z +has not followed his link/,
  )
  expect(await actions()).toEqual([
    [
      'command: ann',
      'operators.add',
      'operator bea',
      'There is an operator bea or ada@pool.example already.',
    ],
    ['command: ann', 'operators.add', 'operator ada', undefined],
  ])
  expect(JSON.stringify((await own().db.pool.query('SELECT * FROM operator_action')).rows)).not.toMatch(
    /enrol#/,
  )
})

test('he is given another role, is disabled, comes back and gets another link, all on record', async () => {
  expect((await operators('role', 'ada', 'viewer')).output).toBe('ada is viewer from now on.\n')
  expect((await ada()).role).toBe('viewer')
  expect((await operators('disable', 'ada')).output).toBe('ada cannot sign in any more, and is signed out.\n')
  expect((await ada()).disabledAtMs).toBeDefined()
  expect(await operators('reset', 'ada')).toMatchObject({
    code: 1,
    error: 'ada is disabled: enable him first.\n',
  })
  expect((await operators('enable', 'ada')).output).toBe('ada may sign in again.\n')
  const again = await operators('reset', 'ada')
  expect(again.output).toMatch(/^What ada signed in with is void\.\n/)
  expect(await ownerOf(again.output)).toBe((await ada()).id)

  const [key] = attemptKeysOf(await ada())
  const rule = { halfLifeMs: 900_000, free: 1, firstWaitMs: 60_000, maxWaitMs: 900_000 }
  const attempt = () => takeAttempt(own().db.pool, key!, rule, Date.now())
  expect([await attempt(), await attempt()]).toEqual([undefined, expect.any(Number)])
  expect((await operators('unlock', 'ada')).output).toBe('The failed attempts of ada are forgotten.\n')
  expect(await attempt()).toBeUndefined()

  expect((await actions()).slice(0, 6).map(([, action, , problem]) => [action, problem])).toEqual([
    ['operators.unlock', undefined],
    ['operators.reset', undefined],
    ['operators.enable', undefined],
    ['operators.reset', 'ada is disabled: enable him first.'],
    ['operators.disable', undefined],
    ['operators.role', undefined],
  ])
})

test('what cannot be done is told so', async () => {
  expect(await operators('disable', 'zoe')).toMatchObject({ code: 1, error: 'There is no operator zoe.\n' })
  expect(await operators('sack', 'ada')).toMatchObject({
    code: 1,
    error: expect.stringMatching(/^"sack ada" is not understood\./) as string,
  })
  expect(await operatorsOn('postgresql://127.0.0.1:1/none')).toEqual({
    code: 1,
    output: '',
    error: 'The database cannot be asked: connect ECONNREFUSED 127.0.0.1:1; see DATABASE_URL.\n',
  })
})
