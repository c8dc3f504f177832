import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { matchProfile } from '@headframe/core/stratum/client-profile'
import { describe, expect, test } from 'vitest'
import { BUILT_IN_PROFILES } from '../../src/stratum/built-in-profiles.js'
import { jobOn } from '../job-on.js'
import { openPool } from './open-pool.js'
import { playTranscript } from './play-transcript.js'
import { parseTranscript } from './transcript.js'

const DIRECTORY = join(import.meta.dirname, 'transcripts')

/** Every client that the pool knows the ways of. */
const CLIENTS = [
  'antminer',
  'avalon',
  'bfgminer',
  'braiins-os',
  'cgminer',
  'cpuminer',
  'esp-miner',
  'leafminer',
  'mining-rig-rentals',
  'nerdminer',
  'nicehash',
  'whatsminer',
]

const transcripts = readdirSync(DIRECTORY)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => [name.slice(0, -4), parseTranscript(readFileSync(join(DIRECTORY, name), 'utf8'))] as const)

describe('a client gets what it needs', () => {
  test.each(transcripts)('%s', { timeout: 30_000 }, async (_name, transcript) => {
    const pool = await openPool(transcript.port)
    try {
      pool.sendJob(jobOn(1))
      await playTranscript(transcript, pool)
    } finally {
      await pool.close()
    }
  })

  test.each(CLIENTS)('and %s has a transcript that says where it comes from', (client) => {
    const own = transcripts.filter(([name]) => name === client || name.startsWith(`${client}-`))
    expect(own.length).toBeGreaterThan(0)
    for (const [, { source }] of own) expect(source.length).toBeGreaterThan(20)
  })

  test.each(transcripts)('and the profile of %s allows no larger coinbase', (_name, transcript) => {
    const { maxCoinbaseBytes } = transcript
    const texts = transcript.steps.flatMap(({ mark, texts: sent }) => (mark === '>' ? sent : []))
    const userAgents = texts.flatMap(
      (text) => /"mining.subscribe", ?"params": ?\["([^"]+)"/.exec(text)?.[1] ?? [],
    )
    expect(userAgents.length).toBeGreaterThan(0)
    const limits = userAgents.map((userAgent) => matchProfile(BUILT_IN_PROFILES, userAgent).maxCoinbaseBytes)
    expect(Math.min(...limits)).toBe(maxCoinbaseBytes)
  })
})

describe('a transcript', () => {
  test('that is none says where', () => {
    const head = 'client: x\nsource: y\nknown by: source\nport: 0\ncoinbase at most: 750\n'
    expect(() => parseTranscript(`${head}\nhello\n`)).toThrow('line 7 has no mark')
    expect(() => parseTranscript('client\n\n')).toThrow('"client" is no line of a head')
    expect(() => parseTranscript('client: x\nknown by: rumour\n\n')).toThrow('"rumour" is no way to know')
    expect(() => parseTranscript('known by: source\nclient: x\n\n')).toThrow('the head has no "source"')
    expect(parseTranscript(`${head}\n> a\n> b\n\n> c\n`).steps.map(({ texts }) => texts)).toEqual([
      ['a', 'b'],
      ['c'],
    ])
  })
})
