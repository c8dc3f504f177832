import { describe, expect, it } from 'vitest'
import { bytesToHex, hexToBytes } from '../../src/bytes.js'
import { assembleCoinbase } from '../../src/job/coinbase.js'
import { buildJob } from '../../src/job/build-job.js'
import { parseBlockTemplate } from '../../src/template/block-template.js'
import { parseTransaction } from '../../src/chain/transaction.js'

const TEMPLATE = parseBlockTemplate({
  version: 0x20000000,
  previousblockhash: '00'.repeat(32),
  bits: '207fffff',
  height: 840_000,
  curtime: 1_713_571_767,
  mintime: 1_713_570_000,
  coinbasevalue: 312_500_000,
  coinbaseaux: {},
  transactions: [],
  rules: ['csv', '!segwit', 'taproot'],
})

describe('buildJob', () => {
  it('ends the coinbase script with job id, extranonce1 and extranonce2', () => {
    const job = buildJob({
      template: TEMPLATE,
      jobId: '0000002a',
      poolScript: hexToBytes('51'),
      poolTag: '/Headframe/',
      cleanJobs: true,
      createdAtMs: 0,
    })
    const coinbase = parseTransaction(
      assembleCoinbase(job, hexToBytes('00aabbccdd'), hexToBytes('1122334455667788')),
    )
    expect(bytesToHex(coinbase.inputs[0]!.script)).toBe(
      '0340d10c' + '0b2f48656164667261' + '6d652f' + '11' + '0000002a' + '00aabbccdd' + '1122334455667788',
    )
    expect(coinbase.outputs).toEqual([{ valueSats: 312_500_000n, script: hexToBytes('51') }])
    expect(coinbase.locktime).toBe(839_999)
  })
})
