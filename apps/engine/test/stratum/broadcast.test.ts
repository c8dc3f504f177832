import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Broadcast, PEERS_PER_TURN, type WorkTaker } from '../../src/stratum/broadcast.js'
import type { SharedOutput } from '../../src/stratum/many-writer.js'
import { Work } from '../../src/stratum/work.js'
import type { WorkLine } from '../../src/stratum/work-line.js'
import { jobOn } from '../job-on.js'

/** What a client is sent that takes any coinbase. */
const lineOf = (work: Work): WorkLine => work.within(Infinity)

/** Notes what it gets: jobs that it writes itself, and lines that are written for it. */
class Taker implements WorkTaker {
  readonly connection: SharedOutput
  readonly taken: Work[] = []
  readonly lines: Uint8Array[] = []
  readonly #choose: (work: Work) => WorkLine | undefined

  constructor(choose: (work: Work) => WorkLine | undefined) {
    this.#choose = choose
    this.connection = { directFd: -1, push: (line) => this.lines.push(Buffer.from(line)) }
  }

  takeWork(work: Work): WorkLine | undefined {
    this.taken.push(work)
    return this.#choose(work)
  }
}

const first = new Work(jobOn(1))
const second = new Work(jobOn(2))

/** More than two turns serve; every third writes the line itself. */
function manyTakers(): Taker[] {
  return Array.from({ length: 1_500 }, (_, index) => new Taker(index % 3 > 0 ? lineOf : () => undefined))
}

async function untilQuiet(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await setImmediate()
}

describe('a broadcast', () => {
  it('reaches each once, with the line for those that leave it to the broadcast', async () => {
    const takers = manyTakers()
    new Broadcast(takers).send(first)
    await untilQuiet()
    for (const [index, { taken, lines }] of takers.entries()) {
      expect(taken).toEqual([first])
      expect(lines.map(String)).toEqual(index % 3 > 0 ? [lineOf(first).text] : [])
    }
  })

  it('lets others have their turn in between, and has written in each what it offered', async () => {
    const takers = manyTakers()
    new Broadcast(takers).send(first)
    const countServed = (): number => takers.filter(({ taken }) => taken.length > 0).length
    const countWritten = (): number => takers.filter(({ lines }) => lines.length > 0).length
    const served = countServed()
    expect(served).toBeGreaterThan(0)
    expect(served).toBeLessThan(takers.length / 2)
    expect(countWritten()).toBe(takers.slice(0, served).filter((_, index) => index % 3 > 0).length)
    await untilQuiet()
    expect(countServed()).toBe(takers.length)
  })

  it('brings each solo miner the line of his own address, and the others theirs', async () => {
    const address = (index: number): string => `miner-${index % 400}`
    const lineFor = (index: number) => (work: Work) =>
      index % 2 === 0
        ? lineOf(work)
        : work.payingTo({ address: address(index), script: new Uint8Array(22).fill(index % 251) })
    const takers = Array.from({ length: 1_200 }, (_, index) => new Taker(lineFor(index)))
    new Broadcast(takers).send(first)
    await untilQuiet()
    for (const [index, { lines }] of takers.entries()) {
      expect(lines.map(String)).toEqual([lineFor(index)(first).text])
    }
    expect(new Set(takers.map(({ lines }) => String(lines[0]))).size).toBeGreaterThan(200)
  })

  it('goes on with newer work, and from the first again', async () => {
    const takers = manyTakers()
    const broadcast = new Broadcast(takers)
    broadcast.send(first)
    broadcast.send(second)
    await untilQuiet()
    expect(takers[1]!.lines.map(String)).toEqual([lineOf(first).text, lineOf(second).text])
    expect(takers.at(-1)!.lines.map(String)).toEqual([lineOf(second).text])
  })

  it('brings the first job of a tip to everybody, however soon the next one of that tip comes', async () => {
    const takers = manyTakers()
    const broadcast = new Broadcast(takers)
    const refreshed = new Work({ ...jobOn(1), jobId: '00000002', cleanJobs: false })
    const newest = new Work({ ...jobOn(1), jobId: '00000003', cleanJobs: false })
    broadcast.send(new Work({ ...jobOn(1), cleanJobs: true }))
    broadcast.send(refreshed)
    broadcast.send(newest)
    await untilQuiet()
    for (const { taken } of takers) {
      expect(taken.map(({ job }) => job.cleanJobs)).toEqual([true, false])
      expect(taken.at(-1)).toBe(newest)
    }
  })

  it('law: serves no more in a turn, and all in the end, however often it is stopped and begun', async () => {
    const steps = fc.array(fc.constantFrom('send', 'stop', 'turn'), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(steps, async (played) => {
        const takers = manyTakers()
        const broadcast = new Broadcast(takers)
        const countServed = (): number => takers.reduce((sum, { taken }) => sum + taken.length, 0)
        let last: Work | undefined
        for (const [index, step] of [...played, 'turn', 'turn', 'turn', 'turn'].entries()) {
          const before = countServed()
          if (step === 'send') broadcast.send((last = index % 2 === 0 ? first : second))
          else if (step === 'turn') await setImmediate()
          else {
            broadcast.stop()
            last = undefined
          }
          expect(countServed() - before).toBeLessThanOrEqual(PEERS_PER_TURN)
        }
        if (last !== undefined) expect(takers.every(({ taken }) => taken.at(-1) === last)).toBe(true)
      }),
    )
  })

  it('ends where it is when there is no work any more', async () => {
    const takers = manyTakers()
    const broadcast = new Broadcast(takers)
    broadcast.send(first)
    broadcast.stop()
    await untilQuiet()
    expect(takers[0]!.taken).toEqual([first])
    expect(takers.at(-1)!.taken).toEqual([])
  })

  it('tells how many had the first job of a tip, and how far apart, once all have it', async () => {
    const sent: unknown[] = []
    let nowMs = 0
    const watch = { monotonicMs: () => (nowMs += 7), onSent: (told: unknown) => sent.push(told) }
    const broadcast = new Broadcast(manyTakers(), watch)
    const clean = new Work({ ...jobOn(1), cleanJobs: true })
    broadcast.send(clean)
    expect(sent).toEqual([])
    await untilQuiet()
    // Every third of the 1,500 writes its line itself; three turns.
    expect(sent).toEqual([{ height: clean.job.height, minerCount: 1_000, spreadMs: 14 }])
    broadcast.send(new Work({ ...jobOn(1), cleanJobs: false }))
    await untilQuiet()
    expect(sent).toHaveLength(1)
  })

  it('says nothing of a tip that another replaced on the way', async () => {
    const heights: number[] = []
    const watch = { monotonicMs: () => 0, onSent: ({ height }: { height: number }) => heights.push(height) }
    const broadcast = new Broadcast(manyTakers(), watch)
    broadcast.send(new Work({ ...jobOn(1), cleanJobs: true, height: 8 }))
    broadcast.send(new Work({ ...jobOn(2), cleanJobs: true, height: 9 }))
    await untilQuiet()
    expect(heights).toEqual([9])
  })
})
