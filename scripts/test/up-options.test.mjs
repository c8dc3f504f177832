import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freeRowOfPorts, freePort } from '@headframe/local/free-port'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkSpace, preflight } from '../lib/preflight.mjs'
import { root } from '../lib/root.mjs'
import { parseUpOptions, STRATUM_PORTS } from '../lib/up-options.mjs'

let folder
const servers = []
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'headframe-up-'))))
afterEach(() => {
  servers.splice(0).forEach((server) => server.close())
  rmSync(folder, { recursive: true })
})

test('without arguments everything has a value', () => {
  expect(parseUpOptions([], '/home/somebody')).toEqual({
    dataDirectory: join(root, '.headframe'),
    webPort: 3000,
    stratumPort: 3333,
    host: '127.0.0.1',
    miner: true,
  })
})

test('a relative data folder is relative to where the user is', () => {
  const args = [
    '--data',
    'pool',
    '--web-port',
    '8080',
    '--stratum-port=4000',
    '--host',
    '0.0.0.0',
    '--no-miner',
  ]
  expect(parseUpOptions(args, '/home/somebody')).toEqual({
    dataDirectory: '/home/somebody/pool',
    webPort: 8080,
    stratumPort: 4000,
    host: '0.0.0.0',
    miner: false,
  })
})

test.each([
  [['--web-port', '0'], '--web-port takes a number from 1 to 65535, not "0"'],
  [['--web-port', '3e3'], 'not "3e3"'],
  [['--stratum-port', '65535'], 'from 1 to 65533'],
  [['--stratum-port', '2999'], 'one of the Stratum ports 2999 to 3001'],
  [['--data', ''], '--data takes a folder'],
  [['--data'], '--data'],
  [['--datadir', 'x'], '--datadir'],
  [['extra'], 'extra'],
])('%j is refused with the usage and exit code 2', (args, message) => {
  expect(() => parseUpOptions(args, '/')).toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringMatching(/npm run up -- \[options\]/) }),
  )
  expect(() => parseUpOptions(args, '/')).toThrow(message)
})

test('help wins over everything else that is right', () => {
  expect(parseUpOptions(['--no-miner', '-h'], '/')).toBe('help')
})

function listen(port) {
  const server = createServer()
  servers.push(server)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}

async function options(changes = {}) {
  const dataDirectory = join(folder, 'data')
  const [webPort, stratumPort] = [await freePort(), await freeRowOfPorts(STRATUM_PORTS)]
  return { dataDirectory, webPort, stratumPort, host: '127.0.0.1', miner: true, ...changes }
}

test('a start that can work leaves only the data folder behind', async () => {
  await preflight(await options(), root)
  expect(readdirSync(join(folder, 'data'))).toEqual([])
})

test('a port in use is named together with its option', async () => {
  const below = await freeRowOfPorts(STRATUM_PORTS)
  const taken = below + 1
  await listen(taken)
  await expect(preflight(await options({ webPort: taken }), root)).rejects.toThrow(
    `Port ${taken} is in use by another program. Stop it, or choose another port with --web-port.`,
  )
  await expect(preflight(await options({ stratumPort: below }), root)).rejects.toThrow(
    `Port ${taken} is in use by another program. Stop it, or choose another port with --stratum-port.`,
  )
})

test('an address of another machine is refused', async () => {
  await expect(preflight(await options({ host: '192.0.2.1' }), root)).rejects.toThrow('--host')
})

test('a data folder that cannot be made is named with its option', async () => {
  writeFileSync(join(folder, 'file'), '')
  const below = join(folder, 'file', 'data')
  await expect(preflight(await options({ dataDirectory: below }), root)).rejects.toThrow(
    `${below} cannot be written`,
  )
})

test('a folder where nothing can be made, not even by root, is refused', async () => {
  await expect(preflight(await options({ dataDirectory: '/proc/headframe' }), root)).rejects.toThrow('--data')
})

test('a disk without room says how much is needed and how much there is', () => {
  expect(() => checkSpace(folder, 1, 'A test')).not.toThrow()
  expect(() => checkSpace(folder, 2 ** 40, 'A test')).toThrow(
    /^A test needs \d+ MiB at .*, and \d+ MiB are free/,
  )
})
