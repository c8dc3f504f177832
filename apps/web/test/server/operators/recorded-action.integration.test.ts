import { listActions } from '@headframe/db/operator/list-actions'
import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Change, recordedAction } from '../../../src/server/operators/recorded-action'
import { FRESH_MS } from '../../../src/server/operators/session-terms'
import { pauseSchema } from '../../../src/server/routers/console-payouts/pause.schema'
import { resumeSchema } from '../../../src/server/routers/console-payouts/resume.schema'
import type { ActionSpec } from '../../../src/server/operators/specify-action'
import type { OperatorViewer } from '../../../src/server/viewer'
import { openTestDesk, type TestDesk } from '../../support/operator-desk'

const INPUT = { reason: 'the wallet moves' }
const pause = pauseSchema as unknown as ActionSpec
const resume = resumeSchema as unknown as ActionSpec

let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk()
})
afterAll(() => desk.close())

const ada = (): OperatorViewer => ({
  kind: 'operator',
  operatorId: '7',
  name: 'ada',
  role: 'payouts',
  secondFactorAtMs: desk.nowMs(),
  scopes: ['operator:read', 'operator:write'],
})
const lastAction = async () => (await listActions(desk.database.pool, {}, undefined, 1))[0]

/** An action of hers by `run`, which is given what it changes. */
function act(
  run: (change: Change) => Promise<void>,
  { viewer = ada(), spec = pause } = {},
): Promise<unknown> {
  const change = new Change()
  return recordedAction({ ...desk, viewer }, spec, INPUT, change, async () => {
    try {
      await run(change)
      return { ok: true }
    } catch (error) {
      return { ok: false, error: error as TRPCError }
    }
  })
}

it('stands in the log with how it was before and after, and that from when it is begun', async () => {
  let paused: unknown
  await act((change) =>
    change.make(
      () => Promise.resolve({ paused, atSats: 5n }),
      async () => {
        // Whoever looks now sees that it is under way.
        expect(await lastAction()).toMatchObject({ action: 'payouts.pause', outcome: undefined })
        desk.setClock(desk.nowMs() + 250)
        paused = INPUT.reason
      },
    ),
  )
  expect(await lastAction()).toMatchObject({
    atMs: desk.nowMs() - 250,
    author: 'ada',
    action: 'payouts.pause',
    input: INPUT,
    outcome: {
      atMs: desk.nowMs(),
      before: { atSats: '5' },
      after: { paused: INPUT.reason, atSats: '5' },
      problem: undefined,
    },
  })
})

it('stands there as not done, and why, when it failed half-way', async () => {
  await act((change) =>
    change.make(
      () => Promise.resolve({ paused: false }),
      () => Promise.reject(new TRPCError({ code: 'CONFLICT', message: 'They are paused already.' })),
    ),
  )
  expect((await lastAction())?.outcome).toMatchObject({
    before: { paused: false },
    after: undefined,
    problem: 'They are paused already.',
  })
})

it('has no end there when it was cut off', async () => {
  const cutOff = recordedAction({ ...desk, viewer: ada() }, pause, INPUT, new Change(), () =>
    Promise.reject(new Error('the process was killed')),
  )
  await expect(cutOff).rejects.toThrow('killed')
  expect(await lastAction()).toMatchObject({ action: 'payouts.pause', outcome: undefined })
  const unknown = await listActions(desk.database.pool, { outcome: 'unknown' }, undefined, 10)
  expect(unknown).toHaveLength(1)
})

it.each([
  ['her role may not', { role: 'operator' as const }, 'is for the roles payouts, admin; you are operator.'],
  ['her second factor is old', { secondFactorAtMs: -FRESH_MS }, 'takes a second factor'],
  ['she asks by a token', { secondFactorAtMs: undefined, tokenId: 3 }, 'takes a second factor'],
])('is refused, and recorded as that, when %s', async (_why, lacking, problem) => {
  const viewer = { ...ada(), ...lacking }
  const refused = act(() => Promise.reject(new Error('it was begun')), { viewer, spec: resume })
  await expect(refused).rejects.toThrow(problem)
  expect(await lastAction()).toMatchObject({
    author: 'tokenId' in lacking ? 'ada, by token 3' : 'ada',
    action: 'payouts.resume',
    outcome: { problem: expect.stringContaining(problem) as string },
  })
})

it('does not pass for done when its handler has not said what it changes', async () => {
  await expect(act(() => Promise.resolve())).rejects.toThrow('has not said what it changes')
  expect((await lastAction())?.outcome).toBeUndefined()
})
