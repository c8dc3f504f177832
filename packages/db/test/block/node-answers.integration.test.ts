import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listNodeAnswers } from '../../src/block/list-node-answers.js'
import { recordAnswer } from '../../src/block/record-answer.js'
import { findBlock, hashOf } from '../support/found-block.js'
import { createTemplate, withCopy } from '../support/test-database.js'
import { START_MS } from '../support/test-writer.js'

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

const submit = { call: 'submitblock', tookMs: 1 } as const

describe('listNodeAnswers', () => {
  it('gives the answers of the blocks that are asked for, the same words once', async () => {
    await withCopy(template.name, async (db) => {
      for (const n of [1, 2, 3, 4]) {
        await findBlock(db, { n, foundAtMs: START_MS + n, address: 'addrA', status: 'candidate' })
      }
      const say = (n: number, node: string, result: string | null, afterMs: number) =>
        recordAnswer(db, hashOf(n), { ...submit, node, result, answeredAtMs: START_MS + afterMs })
      await say(1, 'near', null, 5)
      await say(1, 'far', 'away: no route', 3)
      await say(1, 'far', 'away: no route', 6)
      await say(1, 'far', 'duplicate', 9)
      await say(2, 'near', 'high-hash', 1)
      await say(3, 'near', null, 1)
      const answers = await listNodeAnswers(db.pool, [hashOf(1), hashOf(2), hashOf(4)])
      expect(answers).toEqual(
        new Map([
          [
            hashOf(1),
            [
              { node: 'near', call: 'submitblock', result: null },
              { node: 'far', call: 'submitblock', result: 'away: no route' },
              { node: 'far', call: 'submitblock', result: 'duplicate' },
            ],
          ],
          [hashOf(2), [{ node: 'near', call: 'submitblock', result: 'high-hash' }]],
        ]),
      )
      expect(await listNodeAnswers(db.pool, [])).toEqual(new Map())
    })
  })
})
