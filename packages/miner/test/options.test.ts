import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs } from '../src/backoff.js'
import { formatHashrate, parseHashrate } from '../src/hashrate-text.js'
import { parseCommand } from '../src/options.js'
import { Pace } from '../src/pace.js'
import { parseStratumUrl } from '../src/stratum-url.js'

const BOTH = ['--url', 'stratum+tcp://127.0.0.1:3333', '--user', 'bcrt1q.rig']

describe('arguments', () => {
  it('have defaults', () => {
    expect(parseCommand(BOTH)).toEqual({
      kind: 'mine',
      options: {
        endpoint: { host: '127.0.0.1', port: 3333 },
        username: 'bcrt1q.rig',
        password: 'x',
        threads: 1,
        maxHashrate: Infinity,
      },
    })
  })

  it('are read', () => {
    const rest = ['--password', 'd=1', '--threads', '4', '--hashrate', '20k']
    expect(parseCommand([...BOTH, ...rest])).toMatchObject({
      options: { password: 'd=1', threads: 4, maxHashrate: 20_000 },
    })
    expect(parseCommand(['--help'])).toEqual({ kind: 'help' })
  })

  it.each([
    [[], '--url is missing'],
    [['--url', 'stratum+tcp://a:1'], '--user is missing'],
    [['--url', 'http://a:1', '--user', 'x'], '"http" is not spoken here'],
    [['--url', 'stratum+tcp://a', '--user', 'x'], 'has no host and port'],
    [['--url', 'a:0', '--user', 'x'], 'has no host and port'],
    [['--url', 'a:65536', '--user', 'x'], 'has no host and port'],
    [[...BOTH, '--user', ' '], '--user is missing'],
    [[...BOTH, '--threads', '0'], '--threads: "0"'],
    [[...BOTH, '--threads', 'two'], '--threads: "two"'],
    [[...BOTH, '--hashrate', 'fast'], '--hashrate: "fast"'],
    [[...BOTH, '--hashrate', '0'], '--hashrate: "0"'],
    [[...BOTH, '--speed', '1'], "Unknown option '--speed'"],
    [[...BOTH, 'more'], "Unexpected argument 'more'"],
  ])('that are wrong are told: %j', (args, problem) => {
    const command = parseCommand(args)
    if (command.kind !== 'problem') throw new Error('was taken')
    expect(command.problem).toContain(problem)
  })
})

it.each([
  ['stratum+tcp://pool.example:3333', 'pool.example', 3333],
  ['tcp://pool.example:3333/', 'pool.example', 3333],
  ['pool.example:80', 'pool.example', 80],
  ['STRATUM+TCP://[::1]:65535', '::1', 65535],
])('URL %s', (text, host, port) => {
  expect(parseStratumUrl(text)).toEqual({ host, port })
})

it.each([
  ['800', 800],
  ['20k', 20_000],
  ['1.5M', 1_500_000],
  ['2 GH/s', 2e9],
  ['', undefined],
  ['k', undefined],
  ['-1', undefined],
  ['1e5', undefined],
])('hashrate %s', (text, hashrate) => {
  expect(parseHashrate(text)).toBe(hashrate)
})

it('hashrates are written as they are read', () => {
  expect([0, 999, 19_800, 1.5e6, 123e9].map(formatHashrate)).toEqual([
    '0.0 H/s',
    '999 H/s',
    '19.8 kH/s',
    '1.5 MH/s',
    '123 GH/s',
  ])
})

it('backs off by doubling, up to half a minute, apart from others', () => {
  expect([1, 2, 3, 5, 6, 100].map((failures) => backoffMs(failures, () => 1))).toEqual([
    1000, 2000, 4000, 16_000, 30_000, 30_000,
  ])
  expect(backoffMs(1, () => 0)).toBe(500)
})

describe('pace', () => {
  it('keeps the average at its bound, whatever the machine can do', () => {
    const speeds = fc.array(fc.double({ min: 0.5, max: 50, noNaN: true }), { minLength: 50, maxLength: 100 })
    fc.assert(
      fc.property(fc.double({ min: 100, max: 1e5, noNaN: true }), speeds, (maxHashrate, list) => {
        const pace = new Pace(maxHashrate)
        let nowMs = 0
        let hashes = 0
        for (const speed of list) {
          const slice = pace.sliceHashes
          const endedMs = nowMs + slice / ((maxHashrate / 1000) * speed)
          hashes += slice
          nowMs = endedMs + pace.restMs(nowMs, endedMs, slice)
          expect(hashes).toBeLessThanOrEqual((maxHashrate * nowMs) / 1000 + 1)
        }
      }),
    )
  })

  it('rests never when there is no bound, and cuts slices of a tenth of a second', () => {
    const pace = new Pace(Infinity)
    expect(pace.restMs(0, 10, pace.sliceHashes)).toBe(0)
    expect(pace.restMs(10, 110, 50_000)).toBe(0)
    expect(pace.sliceHashes).toBe(50_000)
  })
})
