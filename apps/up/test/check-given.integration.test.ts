import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@headframe/local/free-port'
import { createTestDatabase, testServices } from '@headframe/local/testing/services'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkGiven } from '../src/check-given.js'
import { DataFolder } from '../src/data-folder.js'
import type { GivenServices } from '../src/env.js'

let folder: DataFolder
beforeEach(() => (folder = DataFolder.open(mkdtempSync(join(tmpdir(), 'headframe-given-')))))
afterEach(() => {
  folder.release()
  rmSync(folder.path, { recursive: true })
})

const nothing: GivenServices = {
  databaseUrl: undefined,
  redisUrl: undefined,
  bitcoindUrls: undefined,
  poolAddress: undefined,
}

test('nothing given is nothing to check', async () => {
  expect(await checkGiven(nothing, folder)).toEqual({})
})

test('what works is used as it is', async () => {
  const database = await createTestDatabase()
  const { redisUrl, bitcoindUrl, bitcoindZmqHashblockUrl } = testServices()
  const given = {
    ...nothing,
    databaseUrl: database.url,
    redisUrl,
    bitcoindUrls: bitcoindUrl,
    poolAddress: 'somebody',
  }
  expect(await checkGiven(given, folder)).toEqual({
    databaseUrl: database.url,
    redisUrl,
    nodes: [expect.objectContaining({ url: bitcoindUrl, hashblockUrl: bitcoindZmqHashblockUrl })],
    poolAddress: 'somebody',
  })
  await database.drop()
})

test('what does not is named by its variable', async () => {
  const port = await freePort()
  const absent = new URL(testServices().postgresUrl)
  absent.pathname = '/absent'
  const check = (changes: Partial<GivenServices>) => checkGiven({ ...nothing, ...changes }, folder)
  await expect(check({ databaseUrl: absent.href })).rejects.toThrow(
    'DATABASE_URL: the database cannot be used: database "absent" does not exist',
  )
  await expect(check({ redisUrl: 'redis://127.0.0.1:1' })).rejects.toThrow(
    'REDIS_URL: nothing answers at 127.0.0.1:1',
  )
  await expect(check({ redisUrl: 'localhost' })).rejects.toThrow('REDIS_URL is not a URL')
  await expect(check({ bitcoindUrls: `http://a:b@127.0.0.1:${port}` })).rejects.toThrow(
    new RegExp(`^BITCOIND_URLS: the node 127.0.0.1:${port} does not answer: .*ECONNREFUSED`),
  )
})

test('a node on another chain than the folder’s is refused before anything starts', async () => {
  folder.writeState({ chain: 'main', firstBlockHash: null, addresses: null })
  const given = { ...nothing, bitcoindUrls: testServices().bitcoindUrl }
  await expect(checkGiven(given, folder)).rejects.toThrow('was made for main, and the node is on regtest')
})
