import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { loadSenders } from '@headframe/send-many/load-senders'
import type { SendMany } from '@headframe/send-many/send-many'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ManyWriter } from '../../src/stratum/many-writer.js'
import { WrittenPeer } from './written-peer.js'

const PEERS = 4
/** A few of them fill every buffer on the way. */
const LONG_LINE_BYTES = 1_500_000

interface PeerStep {
  readonly kind: 'push' | 'request' | 'stop-reading' | 'read' | 'leave' | 'close'
  readonly peer: number
  readonly isLong: boolean
}
type Step = { readonly kind: 'broadcast'; readonly isLong: boolean } | { readonly kind: 'wait' } | PeerStep

const peer = fc.nat({ max: PEERS - 1 })
const isLong = fc.oneof({ arbitrary: fc.constant(false), weight: 2 }, fc.constant(true))
const anySteps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { arbitrary: fc.record({ kind: fc.constant('broadcast'), isLong }), weight: 8 },
    { arbitrary: fc.record({ kind: fc.constantFrom('push', 'request'), peer, isLong }), weight: 5 },
    { arbitrary: fc.record({ kind: fc.constantFrom('stop-reading', 'read'), peer, isLong }), weight: 4 },
    { arbitrary: fc.record({ kind: fc.constant('wait') }), weight: 3 },
    { arbitrary: fc.record({ kind: fc.constantFrom('leave', 'close'), peer, isLong }), weight: 1 },
  ),
  { minLength: 5, maxLength: 40 },
)

/** What became of the bytes that were given to the addon. */
interface Tally {
  whole: number
  part: number
  full: number
  failed: number
}

/** The addon's function, counting what it does. */
function counted(sendMany: SendMany, tally: Tally): SendMany {
  return (fds, count, bytes, sent) => {
    sendMany(fds, count, bytes, sent)
    for (const [index, taken] of sent.subarray(0, count).entries()) {
      if (taken === bytes.length) tally.whole++
      else if (taken > 0) tally.part++
      else if (taken === 0) tally.full++
      else if (fds[index]! >= 0) tally.failed++
    }
  }
}

/** Plays the steps to peers of their own, and checks that each has got what was written to it. */
class Play {
  readonly #writer: ManyWriter
  readonly #peers: readonly WrittenPeer[]
  #lineCount = 0

  constructor(writer: ManyWriter, peers: readonly WrittenPeer[]) {
    this.#writer = writer
    this.#peers = peers
  }

  async take(step: Step): Promise<void> {
    if (step.kind === 'broadcast') this.#broadcast(this.#line('job', step.isLong))
    else if (step.kind === 'wait') await this.#wait()
    else this.#takeOne(step, this.#peers[step.peer]!)
  }

  #takeOne(step: PeerStep, peer: WrittenPeer): void {
    if (step.kind === 'push') peer.connection.push(peer.note(this.#line('push', step.isLong)))
    else if (step.kind === 'request') peer.client.write(this.#line('request', false))
    else if (step.kind === 'stop-reading') peer.client.pause()
    else if (step.kind === 'read') peer.client.resume()
    else if (step.kind === 'leave') peer.client.destroy()
    else peer.connection.close('idle')
  }

  async check(): Promise<void> {
    for (const peer of this.#peers) {
      await peer.settle()
      const { written, arrived } = peer
      // Who is closed may miss the end, but never a byte in the middle.
      const due = peer.isCut ? written.subarray(0, arrived.length) : written
      expect(arrived.equals(due)).toBe(true)
    }
  }

  #broadcast(line: Buffer): void {
    for (const peer of this.#peers) peer.note(line)
    this.#writer.write(
      this.#peers.map(({ connection }) => connection),
      line,
    )
  }

  async #wait(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) await setImmediate()
  }

  #line(what: string, isLong: boolean): Buffer {
    const number = this.#lineCount++
    return Buffer.from(`${what} ${number} ${'x'.repeat(isLong ? LONG_LINE_BYTES + number : number)}\n`)
  }
}

let server: Server
beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

async function play(sendMany: SendMany | undefined, steps: readonly Step[]): Promise<void> {
  const peers: WrittenPeer[] = []
  for (let i = 0; i < PEERS; i++) peers.push(await WrittenPeer.open(server))
  try {
    const play = new Play(new ManyWriter(PEERS, sendMany), peers)
    for (const step of steps) await play.take(step)
    await play.check()
  } finally {
    for (const peer of peers) peer.destroy()
  }
}

const sendMany = loadSenders()?.sendMany
const broadcast = { kind: 'broadcast', isLong: false } as const
const longBroadcast = { kind: 'broadcast', isLong: true } as const
const wait = { kind: 'wait' } as const
const ofFirst = { peer: 0, isLong: false } as const

describe.runIf(sendMany !== undefined)('the same bytes to many, by the addon', () => {
  it('reach each that reads, whole and in the order of all that it is sent', async () => {
    const tally = { whole: 0, part: 0, full: 0, failed: 0 }
    await fc.assert(
      fc.asyncProperty(anySteps, (steps) => play(counted(sendMany!, tally), steps)),
      { numRuns: 40 },
    )
    expect(tally.whole).toBeGreaterThan(0)
  }, 60_000)

  it('go on where the kernel has stopped, to a peer that does not read', async () => {
    const tally = { whole: 0, part: 0, full: 0, failed: 0 }
    const broadcasts = Array.from({ length: 8 }, () => longBroadcast)
    await play(counted(sendMany!, tally), [
      { kind: 'stop-reading', ...ofFirst },
      wait,
      ...broadcasts,
      { kind: 'push', ...ofFirst },
      { kind: 'read', ...ofFirst },
      wait,
      broadcast,
    ])
    expect(tally.part).toBeGreaterThan(0)
  })

  it('pass over a peer that is gone, and close its connection as any write does', async () => {
    const tally = { whole: 0, part: 0, full: 0, failed: 0 }
    const gone = await WrittenPeer.open(server)
    const there = await WrittenPeer.open(server)
    const writer = new ManyWriter(2, counted(sendMany!, tally))
    gone.connection.pause()
    gone.client.resetAndDestroy()
    const line = Buffer.from('job\n')
    // The pool has not heard of the reset when it writes.
    for (let turn = 0; turn < 1_000 && tally.failed === 0; turn++)
      writer.write([gone.connection, there.connection], there.note(line))
    expect(tally.failed).toBe(1)
    while (!gone.connection.isClosed) await setImmediate()
    await there.settle()
    expect(there.arrived.equals(there.written)).toBe(true)
    there.destroy()
  })
})

describe('the same bytes to many, without the addon', () => {
  it('reach each that reads, whole and in the order of all that it is sent', async () => {
    await fc.assert(
      fc.asyncProperty(anySteps, (steps) => play(undefined, steps)),
      { numRuns: 15 },
    )
  }, 60_000)
})

describe('a writer to many', () => {
  it('is given no more than it has room for', () => {
    const output = { directFd: -1, push: () => undefined }
    expect(() => new ManyWriter(1, sendMany).write([output, output], Buffer.from('x'))).toThrow(RangeError)
  })
})
