import { expect, test } from 'vitest'
import { bitcoinRpc } from '../src/bitcoin-rpc.js'
import { freePort } from '../src/free-port.js'
import { testServices } from '../src/testing/services.js'

test('an error of the node has its code and the method', async () => {
  const rpc = bitcoinRpc(testServices().bitcoindUrl)
  await expect(rpc('getblockhash', [1_000_000])).rejects.toMatchObject({
    code: 'rpc-failed',
    rpcCode: -8,
    message: 'getblockhash: Block height out of range (-8)',
  })
})

test('a node that is not there is told apart from one that refuses us', async () => {
  await expect(bitcoinRpc(`http://user:password@127.0.0.1:${await freePort()}`)('uptime')).rejects.toThrow(
    /ECONNREFUSED/,
  )
  const wrong = new URL(testServices().bitcoindUrl)
  wrong.password = 'wrong'
  await expect(bitcoinRpc(wrong.href)('uptime')).rejects.toThrow('refuses the credentials (HTTP 401)')
})
