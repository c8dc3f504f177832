import { OPERATOR_ROLES } from '@headframe/db/operator/operator'
import { describe, expect, it } from 'vitest'
import { describeProcedures } from '../../../src/server/api/procedures'
import type { RequestContext } from '../../../src/server/context'
import { ACTIONS, mayDo, SCOPES_OF_ROLE, type ActionName } from '../../../src/server/operators/roles'
import { appRouter } from '../../../src/server/routers/root'
import { callerFactory } from '../../../src/server/trpc'
import { SCOPES, VISITOR, type Viewer } from '../../../src/server/viewer'

const procedures = describeProcedures(appRouter)
const ofOperators = procedures.filter(({ spec }) => spec?.access.startsWith('operator:'))
const mutations = ofOperators.filter(({ type }) => type === 'mutation')
const actionOf = ({ spec }: (typeof procedures)[number]) =>
  (spec as { readonly action?: ActionName } | undefined)?.action

const caller = (viewer: Viewer) => callerFactory(appRouter)({ viewer, nowMs: () => 0 } as RequestContext)
/** Whatever the input is: who asks is looked at first. */
function call(name: string, viewer: Viewer): Promise<unknown> {
  const [noun = '', verb = ''] = name.split('.')
  const routes = caller(viewer) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >
  return routes[noun]![verb]!('nothing that it takes')
}

const miner: Viewer = { kind: 'miner', minerId: 1, address: 'bc1q', scopes: [...SCOPES] }

describe.each(ofOperators.map(({ name }) => name))('%s', (name) => {
  it.each([
    ['a visitor', VISITOR],
    ['a miner, whatever his scopes', miner],
  ])('is refused to %s', async (_who, viewer) => {
    await expect(call(name, viewer)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })

  it('is refused to an operator without the scope', async () => {
    const viewer: Viewer = {
      kind: 'operator',
      operatorId: '1',
      name: 'ada',
      role: 'admin',
      secondFactorAtMs: 0,
      scopes: ['own:read', 'own:write'],
    }
    await expect(call(name, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

it('every mutation of the console is an action, which is recorded', () => {
  expect(mutations.filter((procedure) => actionOf(procedure) === undefined).map(({ name }) => name)).toEqual(
    [],
  )
  expect(new Set(mutations.map(actionOf)).size).toBe(mutations.length)
})

describe.each(OPERATOR_ROLES)('the role %s', (role) => {
  it.each(mutations.map((procedure) => [actionOf(procedure)!, procedure.name] as const))(
    'does %s, or is refused it, as the table says',
    async (action, name) => {
      const viewer: Viewer = {
        kind: 'operator',
        operatorId: '1',
        name: 'ada',
        role,
        secondFactorAtMs: 0,
        scopes: SCOPES_OF_ROLE[role],
      }
      // One that may has to say what he wants next; there is no input that all of them take.
      const code = mayDo(role, action) ? 'BAD_REQUEST' : 'FORBIDDEN'
      await expect(call(name, viewer)).rejects.toMatchObject({ code })
    },
  )
})

it('whoever only looks changes nothing but what is his own', () => {
  const open = (Object.keys(ACTIONS) as ActionName[]).filter((action) => mayDo('viewer', action))
  expect(open.filter((action) => !/^(tokens|account)\./.test(action))).toEqual([])
})
