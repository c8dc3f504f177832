import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { specify, type Access } from '../../src/server/api/specify'
import type { RequestContext } from '../../src/server/context'
import { callerFactory, operatorProcedure, ownProcedure, router } from '../../src/server/trpc'
import { VISITOR, type Scope, type Viewer } from '../../src/server/viewer'

const spec = <const Allowed extends Access>(access: Allowed) =>
  specify({
    summary: 'Who asks',
    rest: { method: 'GET', path: '/who' },
    access,
    cost: 'read',
    input: z.void(),
    output: z.string(),
  })
const routes = router({
  own: ownProcedure(spec('own:write')).query(({ ctx }) => ctx.viewer.address),
  operator: operatorProcedure(spec('operator:write')).query(({ ctx }) => ctx.viewer.name),
})
const createCaller = callerFactory(routes)

/** Neither procedure looks at anything else. */
const callerOf = (viewer: Viewer) => createCaller({ viewer } as RequestContext)
const miner = (...scopes: Scope[]): Viewer => ({ kind: 'miner', minerId: 1, address: 'bc1q', scopes })
const operator = (...scopes: Scope[]): Viewer => ({
  kind: 'operator',
  operatorId: 'o',
  name: 'Ada',
  role: 'admin',
  secondFactorAtMs: undefined,
  scopes,
})

describe('who may call', () => {
  it('his own: the miner with the scope, and nobody else', async () => {
    expect(await callerOf(miner('own:read', 'own:write')).own()).toBe('bc1q')
    await expect(callerOf(miner('own:read')).own()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(callerOf(VISITOR).own()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    // What an operator may see has procedures of its own.
    await expect(callerOf(operator('own:write')).own()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })

  it("an operator's: the operator with the scope, and nobody else", async () => {
    expect(await callerOf(operator('operator:write')).operator()).toBe('Ada')
    await expect(callerOf(operator('operator:read')).operator()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(callerOf(miner('operator:write')).operator()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    await expect(callerOf(VISITOR).operator()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })
})
