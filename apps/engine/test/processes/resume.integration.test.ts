import { expect, test } from 'vitest'
import { testServices } from '@headframe/local/testing/services'
import { LineClient } from '../stratum/line-client.js'
import { LONG_MS, NOBODY, openServe } from './serve-process.js'

const RECONNECTS = 8

interface Answer {
  readonly sessionId: string
  readonly extranonce1: string
  readonly difficulty: unknown
}

async function visit(port: number, sessionId?: string, difficulty?: number): Promise<Answer> {
  const client = await LineClient.connect(port)
  if (difficulty !== undefined) await client.call(9, 'mining.suggest_difficulty', [difficulty])
  const params = sessionId === undefined ? ['test/1'] : ['test/1', sessionId]
  const { result } = await client.call(1, 'mining.subscribe', params)
  await client.call(2, 'mining.authorize', [NOBODY])
  const [difficultyNow] = await client.push('mining.set_difficulty')
  await client.push('mining.notify')
  client.socket.destroy()
  const [[[, given]], extranonce1] = result as [[[string, string]], string]
  return { sessionId: given, extranonce1, difficulty: difficultyNow }
}

test(
  'a miner gets his session back from whatever process he meets, and from a restarted engine',
  async () => {
    const serve = await openServe({
      nodeUrl: testServices().bitcoindUrl,
      port: 'difficulty=1000 min=1',
      processes: 2,
    })
    const { port } = serve
    await serve.start()
    const first = await visit(port, undefined, 64)
    expect(first.difficulty).toBe(64)
    for (let count = 0; count < RECONNECTS; count++) expect(await visit(port, first.sessionId)).toEqual(first)
    const other = await visit(port)
    expect(other.extranonce1).not.toBe(first.extranonce1)
    await serve.kill()
    await serve.start()
    for (let count = 0; count < RECONNECTS; count++) expect(await visit(port, first.sessionId)).toEqual(first)
    expect([first.extranonce1, other.extranonce1]).not.toContain((await visit(port)).extranonce1)
  },
  LONG_MS,
)
