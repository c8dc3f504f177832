import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { joinStreams } from '../../src/sessions/join-streams.js'
import { closed } from './open-front.js'

/** Both ends of a connection. */
async function connection(): Promise<readonly [Socket, Socket]> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const far = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [near] = (await once(server, 'connection')) as [Socket]
  server.close()
  for (const end of [near, far]) end.on('error', () => undefined)
  onTestFinished(() => {
    near.destroy()
    far.destroy()
  })
  return [near, far]
}

test('a peer that takes nothing is given up, with the one that speaks to it', async () => {
  const [a, deaf] = await connection()
  const [b, speaker] = await connection()
  joinStreams(a, b, 50)
  deaf.pause()
  speaker.write(Buffer.alloc(32 * 1_024 * 1_024))
  await Promise.all([closed(a), closed(b), closed(speaker)])
  expect(deaf.bytesRead).toBeLessThan(speaker.bytesWritten)
})

test('a peer that has been slow and goes on is not', async () => {
  const [a, slow] = await connection()
  const [b, speaker] = await connection()
  joinStreams(a, b, 10_000)
  const said = Buffer.alloc(16 * 1_024 * 1_024, 'said')
  slow.pause()
  speaker.end(said)
  while (a.writableLength === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  let size = 0
  slow.on('data', (bytes) => (size += bytes.length))
  slow.resume()
  await closed(slow)
  expect(size).toBe(said.length)
})
