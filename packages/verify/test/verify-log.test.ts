import { describe, expect, it } from 'vitest'
import { verifyLog } from '../src/verify-log.js'
import { tellLog } from './support/log-model.js'
import { MemorySource } from './support/memory-source.js'
import { KEY, sealLog } from './support/seal-log.js'

const model = tellLog()

describe('a log as it was published', () => {
  it('is right: every share, every block, every amount', async () => {
    const found = await verifyLog(new MemorySource(sealLog(model)))
    expect(found.faults).toEqual([])
    expect(found).toMatchObject({ epochs: 3, shares: 144, faultCount: 0, key: KEY.publicKey })
    expect(
      found.blocks.map(({ verdict, remarks, statement }) => [verdict, remarks, statement.scheme]),
    ).toEqual([
      ['ok', [], 'pplns'],
      ['ok', [], 'solo'],
      ['ok', [], 'pplns'],
      ['ok', [], 'pplns'],
      ['ok', [], 'fpps'],
    ])
    const creditedSats = model.fpps.reduce((sum, one) => sum + one.creditedSats, 0n)
    // The block of the second is one that nobody here has mined on, but its subsidy that of the shares.
    expect(found.fpps).toEqual({ credits: 2, unchecked: 0, creditedSats, sharesBehind: 0 })
  })
})
