import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { loadSenders } from '@headframe/send-many/load-senders'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EachWriter } from '../../src/stratum/each-writer.js'
import { WrittenPeer } from './written-peer.js'

const sendEach = loadSenders()?.sendEach
const PEERS = 4

/** Texts that are short, empty of ASCII, or so long that they fill a buffer on the way. */
const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('x'.repeat(80_000), 'ü'.repeat(100_000), '😀'.repeat(150_000)),
)
const round = fc.array(fc.record({ peer: fc.nat({ max: PEERS - 1 }), text, isPushed: fc.boolean() }), {
  maxLength: 12,
})

let server: Server
beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

describe.each([
  ['with the addon', sendEach],
  ['without it', undefined],
])('texts of many peers, %s,', (_name, sender) => {
  it('reach each whole and in order, also behind what it was sent before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 6 }), async (rounds) => {
        const writer = new EachWriter(sender)
        const peers: WrittenPeer[] = []
        for (let number = 0; number < PEERS; number++) peers.push(await WrittenPeer.open(server))
        for (const steps of rounds) {
          const added = new Set<WrittenPeer>()
          for (const step of steps) {
            const peer = peers[step.peer]!
            if (step.text === '' || added.has(peer)) continue
            const line = String(peer.note(Buffer.from(step.text)))
            if (step.isPushed) peer.connection.push(line)
            else {
              writer.add(peer.connection, line)
              added.add(peer)
            }
          }
          writer.flush()
        }
        for (const peer of peers) {
          await peer.settle()
          expect(peer.arrived.equals(peer.written)).toBe(true)
          peer.destroy()
        }
      }),
      { numRuns: 30 },
    )
  })
})
