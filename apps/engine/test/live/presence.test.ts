import { expect, test } from 'vitest'
import { MAX_CHANGED_WORKERS, Presence } from '../../src/live/presence.js'

test('workers that come and go while nobody publishes do not pile up', () => {
  const presence = new Presence()
  const stays = presence.join('address', 'stays', 'test/1', 1, 5)
  for (let number = 0; number < MAX_CHANGED_WORKERS + 100; number++) {
    presence.leave(presence.join('address', `${number}`, 'test/1', 1, 5))
  }
  presence.touch(stays)
  const changed = presence.takeChanged(Infinity)
  expect(changed.length).toBe(MAX_CHANGED_WORKERS)
  expect(changed).toContain(stays)
})

test('a worker that has left is told of once', () => {
  const presence = new Presence()
  const worker = presence.join('address', 'rig', 'test/1', 1, 5)
  presence.leave(worker)
  expect(presence.takeChanged(10)).toEqual([worker])
  expect(worker.connections).toBe(0)
  expect(presence.takeChanged(10)).toEqual([])
})
