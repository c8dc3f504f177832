import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { parseClientProfiles } from '@headframe/core/stratum/parse-client-profiles'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { BUILT_IN_PROFILES } from '../../src/stratum/built-in-profiles.js'
import { ClientProfiles } from '../../src/stratum/client-profiles.js'

const POLL_MS = 10

let directory: string
let file: string
let logged: { msg: string; problem?: string }[]
let open: ClientProfiles[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'headframe-profiles-'))
  file = join(directory, 'profiles.json')
  logged = []
  open = []
})
afterEach(async () => {
  for (const profiles of open) profiles.close()
  await rm(directory, { recursive: true })
})

async function openProfiles(): Promise<ClientProfiles> {
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged.push(JSON.parse(chunk.toString()) as (typeof logged)[number])
      done()
    },
  })
  const profiles = await ClientProfiles.open({ file, pollMs: POLL_MS }, { log: pino(sink) })
  open.push(profiles)
  return profiles
}

const builtIn = (): Promise<ClientProfiles> =>
  ClientProfiles.open({ file: undefined }, { log: pino({ level: 'silent' }) })

const documentOf = (minDifficulty: unknown): string =>
  JSON.stringify({ profiles: [{ name: 'ours', userAgents: ['ours/*'], minDifficulty }] })

/** As an editor or a deployment does it: the new file takes the place of the old one at once. */
async function replaceFile(text: string): Promise<void> {
  await writeFile(`${file}.new`, text)
  await rename(`${file}.new`, file)
}

describe('the built-in profiles', () => {
  test('are a document that the parser takes', () => {
    const { profiles, fallback } = BUILT_IN_PROFILES
    const text = JSON.stringify({ profiles })
    expect(parseClientProfiles(text, { profiles: [], fallback })).toEqual(BUILT_IN_PROFILES)
  })

  // User agents as pools have seen them.
  test.each([
    ['bitaxe/BM1370/v2.11.0', 'esp-miner', 6500],
    ['NerdMinerV2/V1.8.3', 'nerdminer', 255],
    ['HAN_SOLOminer/V1.8.3', 'nerdminer', 255],
    ['LeafMiner/0.0.16', 'leafminer', 255],
    ['cgminer/4.11.1', 'cgminer', 750],
    ['bfgminer/5.5.0', 'bfgminer', 750],
    ['cpuminer/2.5.1', 'cpuminer', 750],
    ['cpuminer-opt-26.1-x64L', 'cpuminer', 750],
    ['bmminer/2.0.0/Antminer S9/14000', 'antminer', 750],
    ['Antminer S19j Pro+/Wed Jun 28 17:54:07 CST 2023', 'antminer', 750],
    ['Antminer S21 Pro/Fri Aug 30 19:35:17 CST 2024', 'antminer', 750],
    ['Antminer S21/Fri Oct 11 16:34:48 CST 2024', 'antminer-s21', 2250],
    ['2026-04-14-0-912d084c-26.04-plus;bosminer-plus-tuner 0.9.0-912d084c', 'braiins-os', 2250],
    ['whatsminer/v1.1', 'whatsminer', 6500],
    ['PowerPlay-BM/1.0', 'epic', 16_000],
    ['xminer-1.2.7', 'vnish', 16_000],
    ['NiceHash/1.0.0', 'nicehash', 500],
    ['MRR-Hash/1.0.0', 'mining-rig-rentals', 750],
    ['MiningRigRentals/Test/1.0', 'mining-rig-rentals', 750],
    ['something else', 'default', 750],
    ['', 'default', 750],
  ])('%j is %s', async (userAgent, name, maxCoinbaseBytes) => {
    const profiles = await builtIn()
    expect(profiles.match(userAgent)).toMatchObject({ name, maxCoinbaseBytes })
  })
})

describe('a hit', () => {
  test('is counted for the profile that was given', async () => {
    const profiles = await builtIn()
    for (const userAgent of ['cgminer/4', 'CGMINER/5', 'bitaxe', 'unheard of']) profiles.match(userAgent)
    const hits = profiles.counts().filter((count) => count.hits > 0)
    expect(hits).toEqual([
      { name: 'esp-miner', hits: 1 },
      { name: 'cgminer', hits: 2 },
      { name: 'default', hits: 1 },
    ])
    expect(profiles.counts()).toHaveLength(BUILT_IN_PROFILES.profiles.length + 1)
  })
})

describe('the rules of operators', () => {
  const rule = (pattern: string, profile: string) => ({ pattern, profile })

  test('come before the built-in profiles, for who subscribes from then on', async () => {
    const profiles = await builtIn()
    const before = profiles.match('cgminer/4.12')
    profiles.follow([rule('cgminer/4.12*', 'avalon'), rule('nicehash/*', 'default')])
    expect(before.name).toBe('cgminer')
    expect(profiles.match('CGMiner/4.12').name).toBe('avalon')
    expect(profiles.match('cgminer/4.11').name).toBe('cgminer')
    expect(profiles.match('NiceHash/1.0.0').name).toBe('default')
    expect(profiles.counts().filter(({ hits }) => hits > 0)).toEqual([
      { name: 'avalon', hits: 1 },
      { name: 'cgminer', hits: 2 },
      { name: 'default', hits: 1 },
    ])
    profiles.follow([])
    expect(profiles.match('cgminer/4.12').name).toBe('cgminer')
  })

  test('come before the file, which says what a profile is; one of a profile that nobody knows waits for it', async () => {
    await writeFile(file, '{}')
    const profiles = await openProfiles()
    profiles.follow([rule('rig/*', 'ours'), rule('rig*', 'cgminer')])
    expect(profiles.rules.map(({ pattern }) => pattern)).toEqual(['rig*'])
    expect(profiles.match('rig/1').name).toBe('cgminer')
    const own = { name: 'ours', userAgents: ['rig*'], minDifficulty: 7 }
    const cgminer = { name: 'cgminer', userAgents: ['cgminer/*'], minDifficulty: 8 }
    await replaceFile(JSON.stringify({ profiles: [own, cgminer] }))
    await vi.waitFor(() => expect(profiles.match('rig/1')).toMatchObject({ name: 'ours', minDifficulty: 7 }))
    expect(profiles.match('rig-2')).toMatchObject({ name: 'cgminer', minDifficulty: 8 })
    await replaceFile('{}')
    await vi.waitFor(() => expect(profiles.match('rig/1').name).toBe('cgminer'))
  })
})

describe('the file', () => {
  test('adds to the built-in profiles', async () => {
    await writeFile(file, documentOf(5))
    const profiles = await openProfiles()
    expect(profiles.match('Ours/1').minDifficulty).toBe(5)
    expect(profiles.match('NiceHash/1.0.0').name).toBe('nicehash')
    expect(logged.map(({ msg }) => msg)).toEqual(['client profiles read'])
  })

  test('is read again when it changes; counts go on', async () => {
    await writeFile(file, documentOf(5))
    const profiles = await openProfiles()
    profiles.match('ours/1')
    await replaceFile(documentOf(6))
    await vi.waitFor(() => expect(profiles.match('ours/1').minDifficulty).toBe(6))
    expect(profiles.counts()[0]!.hits).toBeGreaterThan(1)
    await replaceFile('{}')
    await vi.waitFor(() => expect(profiles.match('ours/1').name).toBe('default'))
    expect(profiles.counts().map(({ name }) => name)).not.toContain('ours')
  })

  test('that makes no sense changes nothing, and the log says what is wrong, once', async () => {
    await writeFile(file, documentOf(5))
    const profiles = await openProfiles()
    await replaceFile(documentOf('six'))
    await vi.waitFor(() => expect(logged).toHaveLength(2))
    expect(logged[1]!.problem).toBe(
      'profiles[0] ("ours").minDifficulty takes a number from 1e-9 to 9007199254740992, not "six"',
    )
    expect(profiles.match('ours/1').minDifficulty).toBe(5)
    await replaceFile(documentOf(7))
    await vi.waitFor(() => expect(profiles.match('ours/1').minDifficulty).toBe(7))
    expect(logged).toHaveLength(3)
  })

  test('may be missing, at the start and later', async () => {
    const profiles = await openProfiles()
    expect(logged[0]!.problem).toContain('no such file')
    expect(profiles.match('cgminer/4').name).toBe('cgminer')
    await replaceFile(documentOf(5))
    await vi.waitFor(() => expect(profiles.match('ours/1').minDifficulty).toBe(5))
    await rm(file)
    await vi.waitFor(() => expect(logged.at(-1)!.problem).toContain('no such file'))
    expect(profiles.match('ours/1').minDifficulty).toBe(5)
  })

  test('that is too large is not read', async () => {
    await writeFile(file, ' '.repeat(1024 * 1024 + 1))
    await openProfiles()
    expect(logged[0]!.problem).toBe('larger than 1048576 bytes')
  })
})
