import { seededRandom } from '@headframe/core/seeded-random'
import { difficultyOf } from '@headframe/core/vardiff/guessed-range'
import { runSettlingTrial, type SettlingTrial } from '@headframe/core/vardiff/settling-trial'
import { SimulatedMiner, type MinerModel } from '@headframe/core/vardiff/simulated-miner'
import type { VardiffOptions } from '@headframe/core/vardiff/vardiff'
import { percentile } from './percentile.js'

/** Prints the tables of docs/vardiff.md. Seeds are fixed: the same program prints the same tables. */

type Connection = Omit<MinerModel, 'hashrate' | 'random'>

const HOUR_MS = 3_600_000
const REACHED_FACTOR = 1.5
const SHARES_PER_MINUTE = 12
const USUAL: Connection = { roundTripMs: 50, maxSharesPerSecond: 1_000, packetMs: 0 }
/** More than a process of the pool can judge. */
const UNLIMITED = 50_000

const MINERS: readonly (readonly [string, number])[] = [
  ['ESP32, 50 kH/s', 5e4],
  ['500 kH/s', 5e5],
  ['CPU, 10 MH/s', 1e7],
  ['100 MH/s', 1e8],
  ['1 GH/s', 1e9],
  ['10 GH/s', 1e10],
  ['100 GH/s', 1e11],
  ['Bitaxe, 1.2 TH/s', 1.2e12],
  ['10 TH/s', 1e13],
  ['100 TH/s', 1e14],
  ['rig, 500 TH/s', 5e14],
  ['5 PH/s', 5e15],
  ['50 PH/s', 5e16],
  ['proxy, 1 EH/s', 1e18],
]
const STARTS = [1e-6, 5.82e-5, 1e-3, 0.1, 1, 32, 1024, 1e5, 1e7, 1e9]

function optionsOf(startDifficulty: number, sharesPerMinute = SHARES_PER_MINUTE): VardiffOptions {
  return { sharesPerMinute, startDifficulty, minDifficulty: 1e-9, maxDifficulty: 2 ** 53 }
}

function trialsOf(
  options: VardiffOptions,
  hashrate: number,
  connection: Connection,
  count: number,
): SettlingTrial[] {
  return Array.from({ length: count }, (_, index) => {
    const random = seededRandom(index * 7919 + Math.round(Math.log(hashrate) * 1000))
    return runSettlingTrial(options, hashrate, { ...connection, random })
  })
}

function isMissed({ changeCount, rateRatio }: SettlingTrial): boolean {
  return changeCount > 3 || rateRatio > REACHED_FACTOR || rateRatio < 1 / REACHED_FACTOR
}

function missesOf(trials: readonly SettlingTrial[]): string {
  const percent = (trials.filter(isMissed).length / trials.length) * 100
  return percent === 0 ? '0' : `${percent < 10 ? percent.toPrecision(2) : Math.round(percent)} %`
}

function changesOf(trials: readonly SettlingTrial[], percent: number): string {
  return String(
    percentile(
      trials.map(({ changeCount }) => changeCount),
      percent,
    ),
  )
}

function duration(ms: number): string {
  return ms < 100_000 ? `${(ms / 1000).toPrecision(2)} s` : `${(ms / 60_000).toPrecision(2)} min`
}

function print(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  console.log([`\n### ${title}\n`, line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'))
}

function printDefaultStart(): void {
  const rows = MINERS.map(([name, hashrate]) => {
    const trials = trialsOf(optionsOf(1024), hashrate, USUAL, 1000)
    const times = trials.map(({ settledMs }) => settledMs)
    const shares = trials.map(({ sharesBefore }) => sharesBefore)
    return [
      name,
      difficultyOf(hashrate, SHARES_PER_MINUTE).toPrecision(3),
      changesOf(trials, 50),
      changesOf(trials, 99),
      changesOf(trials, 100),
      missesOf(trials),
      duration(percentile(times, 50)),
      duration(percentile(times, 99)),
      String(percentile(shares, 99)),
    ]
  })
  const head = [
    'miner',
    'difficulty',
    'changes: median',
    'p99',
    'most',
    'missed',
    'settled after: median',
    'p99',
  ]
  print('From the default start, 1024', [...head, 'shares until then: p99'], rows)
}

function printStarts(): void {
  const rows = MINERS.map(([name, hashrate]) => [
    name,
    ...STARTS.map((start) => {
      const trials = trialsOf(optionsOf(start), hashrate, USUAL, 200)
      const misses = missesOf(trials)
      return `${changesOf(trials, 50)} / ${changesOf(trials, 100)}${misses === '0' ? '' : ` **${misses}**`}`
    }),
  ])
  print('From any start: changes, median / most, and what missed', ['miner', ...STARTS.map(String)], rows)
}

function printConnections(): void {
  const rows: string[][] = []
  for (const maxSharesPerSecond of [100, 1_000, UNLIMITED])
    for (const roundTripMs of [0, 50, 200])
      for (const packetMs of [0, 200]) {
        const connection = { roundTripMs, maxSharesPerSecond, packetMs }
        const of = (start: number) =>
          MINERS.flatMap(([, hashrate]) => trialsOf(optionsOf(start), hashrate, connection, 60))
        const byDefault = of(1024)
        const all = STARTS.flatMap(of)
        rows.push([
          String(maxSharesPerSecond),
          `${roundTripMs} ms`,
          `${packetMs} ms`,
          missesOf(byDefault),
          changesOf(byDefault, 99),
          missesOf(all),
          changesOf(all, 99),
        ])
      }
  const head = [
    'shares/s',
    'round trip',
    'packets',
    'missed from 1024',
    'p99',
    'missed from all starts',
    'p99',
  ]
  print('Connections', head, rows)
}

function printShareRates(): void {
  const rows = [1, 3, 6, 12, 20, 30, 60].map((sharesPerMinute) => {
    const trials = MINERS.flatMap(([, hashrate]) =>
      trialsOf(optionsOf(1024, sharesPerMinute), hashrate, USUAL, 100),
    )
    const slowest = trialsOf(optionsOf(1024, sharesPerMinute), 5e4, USUAL, 100)
    const steady = [1, 0.83, 1.2, 0.74, 1.35].map((factor) => changesADay(sharesPerMinute, factor))
    return [
      String(sharesPerMinute),
      missesOf(trials),
      changesOf(trials, 99),
      duration(
        percentile(
          slowest.map(({ settledMs }) => settledMs),
          50,
        ),
      ),
      ...steady,
    ]
  })
  const head = ['shares/min', 'missed from 1024', 'p99', 'an ESP32 settles in']
  print(
    'Share rates, and changes in 24 h at a steady one: mean (most), of 30 days',
    [...head, 'at 1.00', '0.83', '1.20', '0.74', '1.35'],
    rows,
  )
}

function minerAt(hashrate: (atMs: number) => number, seed: number, sharesPerMinute: number): SimulatedMiner {
  const start = Math.round(difficultyOf(1e14, sharesPerMinute))
  return new SimulatedMiner(optionsOf(start, sharesPerMinute), {
    ...USUAL,
    hashrate,
    random: seededRandom(seed * 977),
  })
}

function changesADay(sharesPerMinute: number, factor: number): string {
  const counts = Array.from({ length: 30 }, (_, index) => {
    const miner = minerAt(() => 1e14 * factor, index + 1, sharesPerMinute)
    miner.runUntil(24 * HOUR_MS)
    return miner.changes.length
  })
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return `${mean.toFixed(2)} (${percentile(counts, 100)})`
}

/** How long and how many changes until the share rate is reached, and stays, after the hashrate has changed. */
function followChange(hashrate: (atMs: number) => number, fromMs: number, seed: number): [number, number] {
  const miner = minerAt(hashrate, seed, SHARES_PER_MINUTE)
  miner.runUntil(fromMs)
  const changesBefore = miner.changes.length
  let reachedMs = Infinity
  for (let afterMs = 0; afterMs <= 2 * HOUR_MS; afterMs += 1_000) {
    miner.runUntil(fromMs + afterMs)
    const ratio = miner.idealDifficulty / miner.vardiff.difficulty
    if (ratio > REACHED_FACTOR || ratio < 1 / REACHED_FACTOR) reachedMs = Infinity
    else if (reachedMs === Infinity) reachedMs = afterMs
  }
  return [reachedMs, miner.changes.length - changesBefore]
}

function followRow(name: string, hashrate: (atMs: number) => number, fromMs: number): string[] {
  const runs = Array.from({ length: 200 }, (_, index) => followChange(hashrate, fromMs, index + 1))
  const times = runs.map(([ms]) => ms)
  const changes = runs.map(([, count]) => count)
  return [
    name,
    duration(percentile(times, 50)),
    duration(percentile(times, 99)),
    String(percentile(changes, 50)),
    String(percentile(changes, 100)),
  ]
}

function printFollowing(): void {
  const head = ['hashrate', 'reached after: median', 'p99', 'changes: median', 'most']
  const steps = [0.001, 0.01, 0.1, 0.25, 0.5, 2, 4, 10, 100, 1000].map((factor) =>
    followRow(`times ${factor}`, (atMs) => (atMs < HOUR_MS ? 1e14 : 1e14 * factor), HOUR_MS),
  )
  const silences = [1, 2, 10, 60, 600].map((minutes) => {
    const backMs = HOUR_MS + minutes * 60_000
    const hashrate = (atMs: number) => (atMs < HOUR_MS || atMs >= backMs ? 1e14 : 0)
    return followRow(`back after ${minutes} min of silence`, hashrate, backMs)
  })
  print('A hashrate that changes', head, [...steps, ...silences])
}

printDefaultStart()
printStarts()
printConnections()
printShareRates()
printFollowing()
