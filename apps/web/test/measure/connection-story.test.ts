import { expect, it } from 'vitest'
import { attemptsOf, type StoryEvent } from '../../src/measure/connection-story'

const authorized = (connection: string, atMs: number): StoryEvent => ({
  ...{ connection, atMs, what: 'authorized', port: 3333, connectedAtMs: atMs - 1 },
  ...{ userAgent: 'test/1', workerName: 'rig' },
})

it('puts the steps of each connection together, the newest connection first', () => {
  const told: StoryEvent[] = [
    authorized('a', 10),
    { connection: 'a', atMs: 11, what: 'job', difficulty: 64 },
    authorized('b', 20),
    { connection: 'a', atMs: 21, what: 'share' },
    { connection: 'a', atMs: 22, what: 'reject', reason: 'stale-share' },
    { connection: 'a', atMs: 23, what: 'reject', reason: 'duplicate-share' },
    { connection: 'b', atMs: 24, what: 'left', reason: 'idle' },
  ]
  expect(attemptsOf(told.toReversed())).toMatchObject([
    { connection: 'b', connectedAtMs: 19, leftAtMs: 24, leftReason: 'idle', shareAtMs: undefined },
    {
      connection: 'a',
      difficulty: 64,
      shareAtMs: 21,
      rejects: [
        { reason: 'stale-share', atMs: 22 },
        { reason: 'duplicate-share', atMs: 23 },
      ],
      leftAtMs: undefined,
    },
  ])
})

it('leaves out a connection of which only the end is known', () => {
  expect(attemptsOf([{ connection: 'a', atMs: 9, what: 'left', reason: 'idle' }])).toEqual([])
})

it('counts a second worker of a connection as the same connection', () => {
  expect(attemptsOf([authorized('a', 12), authorized('a', 10)])).toMatchObject([{ authorizedAtMs: 10 }])
})
