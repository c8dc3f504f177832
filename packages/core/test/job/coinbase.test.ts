import fc from 'fast-check'
import { script as oracle } from 'bitcoinjs-lib'
import { describe, expect, it } from 'vitest'
import { bytesToHex, hexToBytes } from '../../src/bytes.js'
import { COINBASE_SCRIPT_MAX_SIZE, heightOfCoinbaseScript } from '../../src/chain/script.js'
import { parseTransaction, txid, type Transaction } from '../../src/chain/transaction.js'
import { findWitnessCommitment } from '../../src/chain/witness.js'
import { assembleCoinbase, buildCoinbase, coinbaseSize, writeCoinbase } from '../../src/job/coinbase.js'
import { planFor } from '../../src/job/coinbase-plan.js'
import { parseBlockTemplate } from '../../src/template/block-template.js'
import { acceptedBlock } from '../read-vectors.js'
import { extranonces, jobParts } from './job-parts.js'

const TEMPLATE = parseBlockTemplate(acceptedBlock().template)
const POOL_PLAN = planFor(hexToBytes('51'))
const E1 = hexToBytes('00aabbccdd')
const E2 = hexToBytes('1122334455667788')

function coinbaseOf(template = TEMPLATE, poolTag = '/Headframe/', jobId = '0000002a'): Transaction {
  return parseTransaction(
    assembleCoinbase(buildCoinbase({ template, jobId, plan: POOL_PLAN, poolTag }), E1, E2),
  )
}

describe('the coinbase', () => {
  it('is that of any template: the value to the pool, one null input, the height, the commitment', () => {
    fc.assert(
      fc.property(jobParts, extranonces, (parts, { extranonce1, extranonce2 }) => {
        const { template, plan } = parts
        const coinbase = parseTransaction(assembleCoinbase(buildCoinbase(parts), extranonce1, extranonce2))
        expect(coinbase).toMatchObject({ version: 2, locktime: template.height - 1 })
        expect(coinbase.inputs).toHaveLength(1)
        const [input] = coinbase.inputs
        expect(input).toMatchObject({
          prevTxid: new Uint8Array(32),
          prevIndex: 0xffffffff,
          sequence: 0xfffffffe,
        })
        expect(heightOfCoinbaseScript(input!.script)).toBe(template.height)
        expect(input!.script.length).toBeLessThanOrEqual(COINBASE_SCRIPT_MAX_SIZE)
        expect(input!.script.length).toBeGreaterThanOrEqual(2)
        expect(coinbase.outputs[0]).toEqual({
          valueSats: template.coinbaseValueSats,
          script: plan.restScript,
        })
        expect(coinbase.outputs).toHaveLength(template.witnessCommitmentScript === undefined ? 1 : 2)
        const found = findWitnessCommitment(coinbase)
        expect(found && bytesToHex(found)).toBe(
          template.witnessCommitmentScript && bytesToHex(template.witnessCommitmentScript.subarray(6, 38)),
        )
      }),
    )
  })

  it('has no signature operation in its script, whatever the extranonces are', () => {
    fc.assert(
      fc.property(jobParts, extranonces, (parts, { extranonce1, extranonce2 }) => {
        const { inputs } = parseTransaction(assembleCoinbase(buildCoinbase(parts), extranonce1, extranonce2))
        const chunks = oracle.decompile(inputs[0]!.script)
        expect(chunks).toHaveLength(parts.poolTag === '' ? 2 : 3)
        // A number is an opcode: only a height up to 16 is one.
        expect(chunks!.slice(1).every((chunk) => typeof chunk !== 'number')).toBe(true)
      }),
    )
  })

  it('is another transaction for every job id and extranonce', () => {
    const part = fc.tuple(
      fc.constantFrom('00000000', '00000001', 'ffffffff'),
      fc.constantFrom(E1, Uint8Array.from(E1).reverse()),
      fc.constantFrom(E2, Uint8Array.from(E2).reverse()),
    )
    const hashOf = ([jobId, extranonce1, extranonce2]: readonly [string, Uint8Array, Uint8Array]): string => {
      const halves = buildCoinbase({ template: TEMPLATE, jobId, plan: POOL_PLAN, poolTag: '' })
      return bytesToHex(txid(parseTransaction(assembleCoinbase(halves, extranonce1, extranonce2))))
    }
    fc.assert(
      fc.property(part, part, (a, b) => {
        const isSame = a.every((value, i) => value === b[i])
        expect(hashOf(a) === hashOf(b)).toBe(isSame)
      }),
    )
  })

  it('ends its script with the flags of the node', () => {
    const { inputs } = coinbaseOf({ ...TEMPLATE, coinbaseFlags: hexToBytes('062f503253482f') })
    expect(bytesToHex(inputs[0]!.script)).toBe(
      `028d000b${Buffer.from('/Headframe/').toString('hex')}110000002a00aabbccdd1122334455667788062f503253482f`,
    )
  })

  it('may have 100 bytes of script, and not one more', () => {
    const room = COINBASE_SCRIPT_MAX_SIZE - coinbaseOf(TEMPLATE, '').inputs[0]!.script.length
    const full = coinbaseOf({ ...TEMPLATE, coinbaseFlags: new Uint8Array(room) }, '')
    expect(full.inputs[0]!.script).toHaveLength(100)
    expect(() => coinbaseOf({ ...TEMPLATE, coinbaseFlags: new Uint8Array(room + 1) }, '')).toThrow(
      'the coinbase script would have 101 bytes; shorten the pool tag',
    )
  })

  it('leaves room for the longest tag at any height', () => {
    const template = { ...TEMPLATE, height: 0x7fffffff }
    expect(coinbaseOf(template, 'x'.repeat(40)).inputs[0]!.script.length).toBeLessThan(75)
  })

  it.each(['⛏', 'x'.repeat(41)])('refuses the pool tag %j', (tag) => {
    expect(() => coinbaseOf(TEMPLATE, tag)).toThrow(/^The pool tag/)
  })

  it.each(['', '2a', '0000002A', '0000002g', '0000002a\n', '0000002a00'])(
    'refuses the job id %j',
    (jobId) => {
      expect(() => coinbaseOf(TEMPLATE, '', jobId)).toThrow('is no job id')
    },
  )

  it('needs extranonces of the sizes of every coinbase', () => {
    const halves = buildCoinbase({
      template: TEMPLATE,
      jobId: '00000000',
      plan: POOL_PLAN,
      poolTag: '',
    })
    expect(() => assembleCoinbase(halves, E1.subarray(1), E2)).toThrow('extranonces of 4 and 8 bytes')
    expect(() => assembleCoinbase(halves, E1, E2.subarray(1))).toThrow('extranonces of 5 and 7 bytes')
  })

  it('is written into memory that may be larger', () => {
    const halves = buildCoinbase({
      template: TEMPLATE,
      jobId: '00000000',
      plan: POOL_PLAN,
      poolTag: '',
    })
    const out = new Uint8Array(coinbaseSize(halves) + 9).fill(0xee)
    writeCoinbase(out, halves, E1, E2)
    expect(out.subarray(0, coinbaseSize(halves))).toEqual(assembleCoinbase(halves, E1, E2))
    expect(out.subarray(coinbaseSize(halves))).toEqual(new Uint8Array(9).fill(0xee))
  })
})
