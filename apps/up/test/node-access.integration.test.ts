import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseBitcoinNodes, type BitcoinNode } from '@headframe/core/node/bitcoin-nodes'
import { bitcoinRpc } from '@headframe/local/bitcoin-rpc'
import { startBitcoind } from '@headframe/local/bitcoind'
import { testServices } from '@headframe/local/testing/services'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataFolder } from '../src/data-folder.js'
import { identifyChain, learnChain, reachGivenNode, urlWithCredentials } from '../src/node-access.js'

let parent: string
beforeEach(() => (parent = mkdtempSync(join(tmpdir(), 'headframe-node-'))))
afterEach(() => rmSync(parent, { recursive: true }))

const nodeAt = (url: string): BitcoinNode => parseBitcoinNodes(url)[0]!

test('on regtest the wallet gives addresses once, and they stay', async () => {
  const access = await reachGivenNode(nodeAt(testServices().bitcoindUrl))
  expect(access.hashblockUrl).toBe(testServices().bitcoindZmqHashblockUrl)
  expect(access.rawblockUrl).toBe(access.hashblockUrl)
  const folder = DataFolder.open(join(parent, 'data'))
  const first = await learnChain(access, folder, true)
  expect(first).toMatchObject({
    chain: 'regtest',
    addresses: { miners: [expect.any(String), expect.any(String)] },
  })
  expect(await learnChain(access, folder, true)).toEqual(first)
  expect(folder.readState()).toEqual(first)
  folder.release()
})

test('a folder made for one chain refuses another, also another of the same kind', async () => {
  const { packagesDirectory, bitcoindUrl } = testServices()
  const shared = bitcoinRpc(bitcoindUrl)
  const here = await identifyChain(shared, undefined, parent)
  expect(await identifyChain(shared, here, parent)).toEqual(here)
  await expect(identifyChain(shared, { ...here, chain: 'main' }, parent)).rejects.toThrow(
    `${parent} was made for main, and the node is on regtest.`,
  )
  const other = await startBitcoind({ directory: join(parent, 'bitcoin'), packagesDirectory })
  await expect(identifyChain(other.rpc, here, parent)).rejects.toThrow(
    `${parent} was made for another regtest chain.`,
  )
  await other.stop()
})

test('off regtest nothing is taken from a wallet', async () => {
  const { packagesDirectory } = testServices()
  const node = await startBitcoind({
    directory: join(parent, 'bitcoin'),
    packagesDirectory,
    chain: 'testnet4',
  })
  const folder = DataFolder.open(join(parent, 'data'))
  const access = await reachGivenNode(nodeAt(node.url))
  const state = await learnChain(access, folder, true)
  expect(state).toEqual({ chain: 'testnet4', firstBlockHash: null, addresses: null })
  folder.release()
  await node.stop()
})

test('a cookie stands in for the credentials', () => {
  const cookieFile = join(parent, 'cookie')
  writeFileSync(cookieFile, '__cookie__:0123456789abcdef\n')
  const access = nodeAt(`http://127.0.0.1:8332 cookie=${cookieFile}`)
  expect(urlWithCredentials(access)).toBe('http://__cookie__:0123456789abcdef@127.0.0.1:8332/')
})

test('a node that does not answer, or not to us, is named without its password', async () => {
  const wrong = new URL(testServices().bitcoindUrl)
  wrong.password = 'hunter2'
  await expect(reachGivenNode(nodeAt(wrong.href))).rejects.toThrow(
    `BITCOIND_URLS: the node ${wrong.host} does not answer: the node refuses the credentials (HTTP 401)`,
  )
  await expect(reachGivenNode(nodeAt('http://user:hunter2@127.0.0.1:1/'))).rejects.toThrow(/^(?!.*hunter2)/)
})
