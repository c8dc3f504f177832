import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { RpcClient, RpcUnavailable } from '../../src/bitcoind/rpc-client.js'

const ANSWER = '{"result":7,"error":null}'
const REPLY = `HTTP/1.1 200 OK\r\nContent-Length: ${ANSWER.length}\r\nConnection: keep-alive\r\n\r\n${ANSWER}`

/** Answers the first `answers` calls of each connection, and closes it under the next one. */
async function openServer(answers: number): Promise<{ url: string; calls: () => number }> {
  let calls = 0
  const server = createServer((socket) => {
    let left = answers
    socket.on('error', () => undefined)
    socket.on('data', () => {
      calls++
      if (left-- > 0) socket.write(REPLY)
      else socket.resetAndDestroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: `http://a:b@127.0.0.1:${(server.address() as AddressInfo).port}`, calls: () => calls }
}

function openClient(url: string): RpcClient {
  const client = new RpcClient({ url })
  onTestFinished(() => client.close())
  return client
}

test('a call on a kept connection that the node closes is made once more, on a new one', async () => {
  const { url, calls } = await openServer(1)
  const client = openClient(url)
  expect(await client.call('getblockcount')).toBe(7)
  expect(await client.call('getblockcount')).toBe(7)
  expect(await client.callWithText('submitblock', [Buffer.from('00')])).toBe(7)
  expect(calls()).toBeGreaterThan(3)
})

test('a new connection that is closed is no answer, and is not tried again', async () => {
  const { url, calls } = await openServer(0)
  await expect(openClient(url).call('getblockcount')).rejects.toBeInstanceOf(RpcUnavailable)
  expect(calls()).toBe(1)
})
