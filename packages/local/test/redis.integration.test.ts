import { statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startRedis, type Redis } from '../src/redis.js'
import { testServices } from '../src/testing/services.js'
import { temporaryFolder } from './temporary-folder.js'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

const options = () => ({
  directory: join(folder.path, 'redis'),
  packagesDirectory: testServices().packagesDirectory,
})

/** Sends commands as lines, closes, and gives the answers as text. */
function ask(redis: Redis, ...commands: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(redis.port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text))
    socket.once('error', reject)
    socket.once('close', () => resolve(answer))
    socket.end([...commands, 'QUIT', ''].join('\r\n'))
  })
}

const login = (redis: Redis) => `AUTH ${new URL(redis.url).password}`

test('keys survive a stop and a start on the same folder', async () => {
  const first = await startRedis(options())
  expect(await ask(first, login(first), 'SET kept 42')).toBe('+OK\r\n+OK\r\n+OK\r\n')
  await first.stop()

  const second = await startRedis(options())
  expect(await ask(second, login(second), 'GET kept')).toContain('$2\r\n42\r\n')
  await second.stop()
})

test('keys survive a kill -9 of the server', async () => {
  const first = await startRedis(options())
  await ask(first, login(first), 'SET kept 7')
  await first.child.kill()

  const second = await startRedis(options())
  expect(await ask(second, login(second), 'GET kept')).toContain('$1\r\n7\r\n')
  await second.stop()
})

test('it never drops keys for memory, and answers nobody without the password', async () => {
  const redis = await startRedis(options())
  expect(await ask(redis, login(redis), 'CONFIG GET maxmemory-policy')).toContain('noeviction')
  expect(await ask(redis, 'GET kept')).toContain('NOAUTH')
  expect(statSync(join(folder.path, 'redis', 'redis.conf')).mode & 0o077).toBe(0)
  await redis.stop()
})
