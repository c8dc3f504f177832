import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { listenForStop, type StopRequest } from '../src/stop-request.js'

let request: StopRequest
afterEach(() => request.dispose())

const handlers = () => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM')

test('the first signal asks, a second at the same moment is the same one, a later one forces', async () => {
  const force = vi.fn()
  request = listenForStop(force, false)
  process.emit('SIGINT')
  expect(request.signal.aborted).toBe(true)
  process.emit('SIGINT')
  expect(force).not.toHaveBeenCalled()
  await sleep(600)
  process.emit('SIGTERM')
  expect(force).toHaveBeenCalledOnce()
})

test('the end of npm is a request, the end of a person’s shell is not', async () => {
  const ppid = vi.spyOn(process, 'ppid', 'get')
  ppid.mockReturnValue(100)
  request = listenForStop(() => undefined, false)
  const underNpm = listenForStop(() => undefined, true)
  ppid.mockReturnValue(1)
  await sleep(1200)
  expect([request.signal.aborted, underNpm.signal.aborted]).toEqual([false, true])
  underNpm.dispose()
  ppid.mockRestore()
})

test('it leaves no handler behind', () => {
  const before = handlers()
  request = listenForStop(() => undefined, false)
  expect(handlers()).toBe(before + 2)
  request.dispose()
  expect(handlers()).toBe(before)
})
