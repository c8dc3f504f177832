import { Socket } from 'node:net'
import { hexToBytes } from '@headframe/core/bytes'
import { SESSION_EXTRANONCE1_SIZE, type Job } from '@headframe/core/job/job'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { assign, EASY, findNonce } from '../find-share.js'
import { jobOn } from '../job-on.js'
import { LineClient } from './line-client.js'
import { openPool, type OpenPool } from './open-pool.js'

const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'
const SHARES = 5

let pool: OpenPool
let job: Job
/** Where each writes to, by the peer's port, and what. A socket makes one packet of each, as long as it is read. */
let written: { port: number | undefined; text: string }[]

beforeEach(async () => {
  written = []
  const write = Reflect.get(Socket.prototype, 'write') as (...args: unknown[]) => boolean
  vi.spyOn(Socket.prototype, 'write').mockImplementation(function (this: Socket, ...args: unknown[]) {
    written.push({ port: this.remotePort, text: Buffer.from(args[0] as Uint8Array).toString() })
    return Reflect.apply(write, this, args)
  })
  pool = await openPool()
  job = jobOn(1)
  pool.sendJob(job)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await pool.close()
})

const hex8 = (number: number): string => number.toString(16).padStart(8, '0')

/** Lines of so many shares that the pool must accept. */
function sharesOf(extranonce1: string, extranonce2Size: number): string {
  // Behind what is the session's stand the zeros that a short extranonce2 leaves open.
  const own = hexToBytes(extranonce1).subarray(0, SESSION_EXTRANONCE1_SIZE)
  const assigned = assign(job, EASY, Uint8Array.of(0, ...own))
  let nonce = -1
  let lines = ''
  for (let id = 100; id < 100 + SHARES; id++) {
    nonce = findNonce(assigned, EASY, nonce + 1)
    const extranonce2 = '00'.repeat(extranonce2Size)
    const params = [ADDRESS, `${job.jobId}00`, extranonce2, hex8(job.ntime), hex8(nonce)]
    lines += `${JSON.stringify({ id, method: 'mining.submit', params })}\n`
  }
  return lines
}

/** Sends shares in one packet, with a ping behind them that has to wait as well; reads the answers. */
async function submitTogether(userAgent: string): Promise<LineClient> {
  const client = await LineClient.connect(pool.port)
  const { result } = await client.call(1, 'mining.subscribe', [userAgent])
  const [, extranonce1, extranonce2Size] = result as [unknown, string, number]
  await client.call(2, 'mining.authorize', [ADDRESS])
  await client.push('mining.notify')
  client.write(`${sharesOf(extranonce1, extranonce2Size)}{"id":99,"method":"mining.ping","params":[]}\n`)
  for (let id = 100; id < 100 + SHARES; id++) expect(await client.next()).toMatchObject({ id, result: true })
  expect(await client.next()).toMatchObject({ id: 99, result: 'pong' })
  return client
}

test('answers that waited for one group commit leave apart to a client that reads one message a packet', async () => {
  const { localPort } = (await submitTogether('LeafMiner/0.0.17')).socket
  const packets = written.filter(({ port }) => port === localPort).map(({ text }) => text)
  for (const packet of packets) expect(packet).toMatch(/^[^\n]+\n$/)
  const answered = packets.map((packet) => (JSON.parse(packet) as { id: unknown }).id)
  expect(answered.slice(-SHARES - 1)).toEqual([100, 101, 102, 103, 104, 99])
})

test('and to everybody else together', async () => {
  const { localPort } = (await submitTogether('test/1')).socket
  const packets = written.filter(({ port }) => port === localPort).map(({ text }) => text)
  // By one write, or by none where an addon writes for all.
  expect(packets.filter((packet) => packet.includes('"id":10')).length).toBeLessThanOrEqual(1)
})
