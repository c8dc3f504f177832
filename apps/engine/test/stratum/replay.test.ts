import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Line } from '@headframe/core/stratum/line-framer'
import { afterEach, expect, test } from 'vitest'
import { Connection, type LineReceiver } from '../../src/stratum/connection.js'
import { TURN_MS, Turns } from '../../src/stratum/turns.js'

const LIMITS = { maxLineBytes: 1_000, maxOutputBytes: 1e6 }
const JOURNAL = { committedSeq: 0, takenSeq: 0 }

const server = createServer()
afterEach(() => void server.close())

class Reader implements LineReceiver {
  readonly isWorking = false
  readonly lines: string[] = []
  receive(line: Line): void {
    this.lines.push(Buffer.from(line).toString())
  }
  onFault(error: unknown): void {
    throw error
  }
  onClose(): void {
    this.lines.push('closed')
  }
  onWaiting(): void {
    throw new Error('nothing here waits for the journal')
  }
}

/** A stream that has arrived somewhere else first, which has read some of it; the rest is still in the socket. */
async function readElsewhere(rest: string): Promise<Socket> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted = once(server, 'connection') as Promise<[Socket]>
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.end(rest)
  const [socket] = await accepted
  return socket.pause()
}

test('what was read elsewhere is understood before the rest, however busy the turn is', async () => {
  const socket = await readElsewhere('rest 1\nrest 2\n')
  const clock = { nowMs: 0 }
  const turns = new Turns(() => clock.nowMs)
  const reader = new Reader()
  const connection = new Connection(socket, '127.0.0.1', LIMITS, { journal: JOURNAL, turns }, reader)
  turns.allow(false)
  clock.nowMs += TURN_MS
  // Others take all of the next turns too.
  for (let busy = 0; busy < 5; busy++) turns.later({ readOn: () => void (clock.nowMs += TURN_MS) })
  const early = Array.from({ length: 40 }, (_, number) => `early ${number}`)
  connection.replay(Buffer.from(early.join('\n') + '\n'))
  await once(socket, 'close')
  expect(reader.lines).toEqual([...early, 'rest 1', 'rest 2', 'closed'])
})
