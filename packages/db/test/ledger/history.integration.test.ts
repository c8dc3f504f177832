import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTemplate, withCopy } from '../support/test-database.js'
import { START_MS } from '../support/test-writer.js'
import { LEDGER_COMMANDS, MINERS } from './ledger-commands.js'
import { LedgerModel } from './ledger-model.js'

let template: Awaited<ReturnType<typeof createTemplate>>

beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

it('holds its laws after every step of any history', async () => {
  let steps = 0
  await fc.assert(
    fc.asyncProperty(fc.commands(LEDGER_COMMANDS, { maxCommands: 25 }), async (commands) => {
      await withCopy(template.name, async (db) => {
        await db.prisma.miner.createMany({
          data: MINERS.map((address) => ({ address, firstSeenAt: new Date(START_MS) })),
        })
        await fc.asyncModelRun(() => ({ model: new LedgerModel(), real: db }), commands)
      })
      steps += [...commands].length
    }),
    { numRuns: 20 },
  )
  // Which commands run is chance; that hardly any does would be a fault.
  expect(steps).toBeGreaterThan(20)
})
