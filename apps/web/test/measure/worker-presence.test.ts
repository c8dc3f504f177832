import { describe, expect, it } from 'vitest'
import { presenceOfWorker, type WorkerSighting } from '../../src/measure/worker-presence'

const sighting = (changes: Partial<WorkerSighting>): WorkerSighting => ({
  atMs: 1000,
  connections: 1,
  difficulty: 512,
  userAgent: 'cgminer/4.11.1',
  ...changes,
})

describe('presenceOfWorker', () => {
  it('sums connections over processes and believes the newest', () => {
    const value = [
      ['rig', sighting({ connections: 2, connectedAtMs: 900 })],
      ['rig', sighting({ atMs: 2000, difficulty: 1024, userAgent: 'bitaxe', connectedAtMs: 1_500 })],
      ['other', sighting({ connections: 9 })],
    ] as const
    expect(presenceOfWorker('rig', { known: true, value })).toEqual({
      state: 'online',
      connections: 3,
      sinceMs: 900,
      difficulty: 1024,
      userAgent: 'bitaxe',
    })
  })

  it('is offline when its last connection has closed, or nobody has seen it', () => {
    const value = [['rig', sighting({ connections: 0 })]] as const
    expect(presenceOfWorker('rig', { known: true, value })).toEqual({ state: 'offline' })
    expect(presenceOfWorker('elsewhere', { known: true, value })).toEqual({ state: 'offline' })
  })

  it('is unknown, and not offline, while the feed is away', () => {
    expect(presenceOfWorker('rig', { known: false, why: 'feed-away' })).toEqual({ state: 'unknown' })
  })
})
