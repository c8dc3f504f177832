import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startBitcoind } from '../src/bitcoind.js'
import { testServices } from '../src/testing/services.js'
import { temporaryFolder } from './temporary-folder.js'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

const options = () => ({
  directory: join(folder.path, 'bitcoin'),
  packagesDirectory: testServices().packagesDirectory,
})

test('regtest: the wallet can spend after the first start, and the chain goes on after the second', async () => {
  const first = await startBitcoind(options())
  expect(await first.rpc('getbalance')).toBe(50)
  expect(await first.rpc('getblockcount')).toBe(101)
  const template = await first.rpc<{ height: number }>('getblocktemplate', [{ rules: ['segwit'] }])
  expect(template.height).toBe(102)
  await first.rpc('generatetoaddress', [1, await first.rpc('getnewaddress')])
  await first.stop()

  const second = await startBitcoind(options())
  expect(await second.rpc('getblockcount')).toBe(102)
  expect(await second.rpc('listwallets')).toEqual(['headframe'])
  await second.stop()
})

test('a kill -9 loses nothing that was flushed; the next start takes the ports that it is asked to take', async () => {
  const first = await startBitcoind(options())
  await first.rpc('gettxoutsetinfo', ['none'])
  await first.child.kill()
  const { rpcPort, zmqPort } = first
  const second = await startBitcoind({ ...options(), rpcPort, zmqPort })
  expect(await second.rpc('getblockcount')).toBe(101)
  expect(second.url).toBe(first.url)
  const zmq = await second.rpc<{ type: string; address: string }[]>('getzmqnotifications')
  expect(zmq).toMatchObject([
    { type: 'pubhashblock', address: first.zmqHashblockUrl },
    { type: 'pubrawblock', address: first.zmqRawblockUrl },
  ])
  await second.stop()
})

test('testnet4 alone answers getblocktemplate at the network difficulty 1', async () => {
  const node = await startBitcoind({ ...options(), chain: 'testnet4' })
  const template = await node.rpc<{ height: number; bits: string }>('getblocktemplate', [
    { rules: ['segwit'] },
  ])
  expect(template).toMatchObject({ height: 1, bits: '1d00ffff' })
  expect(await node.rpc('getconnectioncount')).toBe(0)
  await node.stop()
})
