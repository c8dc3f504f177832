import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { earliestNextTime } from '../../src/chain/earliest-next-time.js'
import { nextNbits } from '../../src/chain/next-nbits.js'
import { subsidySats } from '../../src/chain/subsidy.js'
import { emptyTemplate } from '../../src/template/empty-template.js'
import { anyHeaders, windowOver } from '../chain/header-chain.js'

const LAST = { version: 0x20000000, coinbaseFlags: Uint8Array.of(1, 2) }

describe('emptyTemplate', () => {
  it('is the next block by the rules of the chain, and pays the subsidy alone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('mainnet' as const, 'testnet3' as const, 'testnet4' as const, 'regtest' as const),
        anyHeaders({ minLength: 1, maxLength: 20 }),
        fc.integer({ min: -2_000, max: 4_000 }),
        (network, headers, aheadSeconds) => {
          const window = windowOver(network, 0, headers)
          const nowSeconds = window.ntimes.at(-1)! + aheadSeconds
          const template = emptyTemplate(window, LAST, nowSeconds)!
          const { ntime } = template
          expect(ntime).toBe(Math.max(nowSeconds, earliestNextTime(window)))
          expect(template).toMatchObject({
            ...LAST,
            height: headers.length,
            prevHash: window.hash,
            nbits: nextNbits(window, ntime),
            mintime: earliestNextTime(window),
            coinbaseValueSats: subsidySats(headers.length, network),
            feesSats: 0n,
            transactionCount: 0,
            merklePath: [],
            witnessCommitmentScript: undefined,
          })
        },
      ),
    )
  })

  it('is refused where a block needs a signature', () => {
    fc.assert(
      fc.property(anyHeaders({ minLength: 1, maxLength: 3 }), (headers) => {
        expect(emptyTemplate(windowOver('signet', 0, headers), LAST, 0)).toBeUndefined()
      }),
      { numRuns: 3 },
    )
  })
})
