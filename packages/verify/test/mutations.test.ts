import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyLog, type Verification } from '../src/verify-log.js'
import { BLOCK_MUTATIONS } from './mutations/block-mutations.js'
import { CHAIN_MUTATIONS } from './mutations/chain-mutations.js'
import { FPPS_MUTATIONS } from './mutations/fpps-mutations.js'
import type { Mutation } from './mutations/mutation.js'
import { PAYOUT_MUTATIONS } from './mutations/payout-mutations.js'
import { SHARE_MUTATIONS } from './mutations/share-mutations.js'
import { tellLog } from './support/log-model.js'
import { MemorySource } from './support/memory-source.js'
import { sealLog, type LogFiles } from './support/seal-log.js'

const original = tellLog()

function filesOf({ model: change, seal, files: changeFiles }: Partial<Mutation>): LogFiles {
  const model = structuredClone(original)
  change?.(model)
  const files = sealLog(model, seal)
  changeFiles?.(files)
  return files
}

const verify = (files: LogFiles): Promise<Verification> => verifyLog(new MemorySource(files))

describe.each([
  ['shares', SHARE_MUTATIONS],
  ['chains and signatures', CHAIN_MUTATIONS],
  ['blocks and amounts', BLOCK_MUTATIONS],
  ['payouts', PAYOUT_MUTATIONS],
  ['FPPS', FPPS_MUTATIONS],
])('a cheat with %s is named', (_, mutations) => {
  it.each(mutations)('$name', async (mutation) => {
    const { faults } = await verify(filesOf(mutation))
    const named = faults.filter(({ code, what }) => code === mutation.code && mutation.says.test(what))
    expect(named, JSON.stringify(faults, null, 1)).not.toEqual([])
  })
})

describe('what follows from a fault', () => {
  it('is that the blocks whose windows it lies in are wrong, and no others', async () => {
    const mutation = SHARE_MUTATIONS.find(({ name }) => name.startsWith('a share is duplicated beside'))!
    const { blocks } = await verify(filesOf(mutation))
    const positions = blocks.map(({ statement, verdict }) => [statement.height, verdict])
    expect(positions).toEqual([
      [102, 'ok'],
      [103, 'ok'],
      [104, 'wrong'],
      [105, 'wrong'],
      [106, 'ok'],
    ])
  })
})

describe('any byte of any file', () => {
  const files = filesOf({})
  // The index is not signed: it says where the log ends, and a shorter log is a log.
  const paths = [...files.keys()].filter((path) => !/^(index|proofs)/.test(path))

  it('cannot be another without a fault', async () => {
    const turned = fc.integer({ min: 1, max: 255 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), turned, async (path, pick, mask) => {
        const changed = new Map(files)
        const bytes = files.get(path)!.slice()
        bytes[pick % bytes.length]! ^= mask
        changed.set(path, bytes)
        expect((await verify(changed)).faultCount).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
    // Three hundred logs are verified from end to end, beside whatever else the machine does.
  }, 120_000)
})
