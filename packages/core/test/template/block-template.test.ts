import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex } from '../../src/bytes.js'
import { displayHash } from '../../src/chain/header.js'
import { merklePath } from '../../src/chain/merkle.js'
import { splitTransactions } from '../../src/chain/split-transactions.js'
import { txid, parseTransaction } from '../../src/chain/transaction.js'
import { parseBlockTemplate } from '../../src/template/block-template.js'
import { TemplateError } from '../../src/template/template-error.js'
import { acceptedBlock } from '../read-vectors.js'

const { template: JSON_TEMPLATE } = acceptedBlock()

function errorOf(changes: Readonly<Record<string, unknown>>): TemplateError {
  try {
    parseBlockTemplate({ ...JSON_TEMPLATE, ...changes })
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
  throw new Error('the template was taken')
}

describe('parseBlockTemplate', () => {
  it('reads what a node sends', () => {
    const template = parseBlockTemplate(JSON_TEMPLATE)
    expect(template).toMatchObject({
      height: 141,
      version: 0x20000000,
      nbits: 0x207fffff,
      ntime: JSON_TEMPLATE['curtime'],
      mintime: JSON_TEMPLATE['mintime'],
      coinbaseValueSats: 5_000_010_360n,
      feesSats: 10_360n,
      coinbaseFlags: new Uint8Array(0),
      longpollId: JSON_TEMPLATE['longpollid'],
    })
    expect(displayHash(template.prevHash)).toBe(JSON_TEMPLATE['previousblockhash'])
    expect(bytesToHex(template.witnessCommitmentScript!)).toBe(JSON_TEMPLATE['default_witness_commitment'])
    const transactions = splitTransactions(template.transactions, template.transactionCount)
    const txids = transactions.map((bytes) => txid(parseTransaction(bytes)))
    const listed = JSON_TEMPLATE['transactions'] as { readonly txid: string }[]
    expect(txids.map(displayHash)).toEqual(listed.map((transaction) => transaction.txid))
    expect(template.merklePath).toEqual(merklePath(txids))
  })

  it('puts all values of coinbaseaux together, in order, without their keys (BIP 22)', () => {
    const { coinbaseFlags } = parseBlockTemplate({
      ...JSON_TEMPLATE,
      coinbaseaux: { flags: '0102', b: '', a: 'ff' },
    })
    expect(bytesToHex(coinbaseFlags)).toBe('0102ff')
  })

  it.each([-1, -0x80000000, 0xffffffff])('keeps the 32 bits of version %d', (version) => {
    expect(parseBlockTemplate({ ...JSON_TEMPLATE, version }).version).toBe(version >>> 0)
  })

  it('does without the fields a node may leave out', () => {
    const { mintime, coinbaseaux, longpollid, rules, default_witness_commitment, ...needed } = JSON_TEMPLATE
    expect([mintime, coinbaseaux, longpollid, rules, default_witness_commitment]).not.toContain(undefined)
    const template = parseBlockTemplate({ ...needed, transactions: [], unheardOf: 1 })
    expect(template).toMatchObject({
      mintime: template.ntime,
      coinbaseFlags: new Uint8Array(0),
      longpollId: undefined,
      witnessCommitmentScript: undefined,
      feesSats: 0n,
    })
  })

  it.each(['height', 'version', 'previousblockhash', 'bits', 'curtime', 'coinbasevalue', 'transactions'])(
    'needs %s',
    (field) => {
      expect(errorOf({ [field]: undefined })).toMatchObject({ code: 'malformed-template', field })
    },
  )

  it.each([
    ['height', 0],
    ['height', 1.5],
    ['height', '141'],
    ['height', 0x80000000],
    ['version', 0x100000000],
    ['version', null],
    ['previousblockhash', '00'],
    ['previousblockhash', 'zz'.repeat(32)],
    ['bits', '1d00ff'],
    ['bits', '1d00ffff00'],
    ['bits', '1d80ffff'],
    ['bits', '00000000'],
    ['bits', 0x1d00ffff],
    ['curtime', -1],
    ['curtime', 2 ** 32],
    ['mintime', 'soon'],
    ['mintime', 2 ** 31],
    ['coinbasevalue', -1],
    ['coinbasevalue', 0.5],
    ['coinbasevalue', 2_100_000_000_000_001],
    ['coinbaseaux', []],
    ['longpollid', 7],
    ['rules', 'segwit'],
    ['mutable', 'time'],
    ['vbrequired', -1],
    ['default_witness_commitment', '6a'],
    ['default_witness_commitment', undefined],
    ['transactions', {}],
  ])('names the field when %s is %j', (field, value) => {
    const error = errorOf({ [field]: value })
    expect(error).toMatchObject({ code: 'malformed-template', field, name: 'TemplateError' })
    expect(error.message.startsWith(`${field}: `)).toBe(true)
  })

  it.each([
    ['transactions[1]', null],
    ['transactions[1].data', { data: 'x', txid: '00'.repeat(32), fee: 1 }],
    ['transactions[1].txid', { data: '00', txid: '00', fee: 1 }],
    ['transactions[1].fee', { data: '00', txid: '00'.repeat(32) }],
    ['transactions[1].fee', { data: '00', txid: '00'.repeat(32), fee: -1 }],
    ['transactions[1].fee', { data: '00', txid: '00'.repeat(32), fee: '1' }],
  ])('names the transaction: %s', (field, transaction) => {
    const [first] = JSON_TEMPLATE['transactions'] as unknown[]
    expect(errorOf({ transactions: [first, transaction] })).toMatchObject({ field })
  })

  it('names a value inside coinbaseaux, and a rule that is no text', () => {
    expect(errorOf({ coinbaseaux: { flags: 'x' } })).toMatchObject({ field: 'coinbaseaux.flags' })
    expect(errorOf({ rules: [1] })).toMatchObject({ field: 'rules' })
  })

  it('says what was sent instead, but not all of it', () => {
    expect(errorOf({ height: undefined }).message).toBe(
      'height: an integer from 1 to 2147483647 is needed, the node sent nothing',
    )
    expect(errorOf({ bits: '1d80ffff' }).message).toBe('bits: "1d80ffff" stands for no target')
    expect(errorOf({ height: 'x'.repeat(10_000) }).message.length).toBeLessThan(120)
  })

  it('stops mining at a rule it must know and does not (BIP 9)', () => {
    const error = errorOf({ rules: ['csv', '!segwit', '!drivechain'] })
    expect(error).toMatchObject({ code: 'unknown-rule', field: 'rules' })
    expect(error.message).toBe(
      'rules: this pool does not know the rule "!drivechain" and stops mining; it needs a newer release',
    )
    // A signet block needs the signature of its operator.
    expect(errorOf({ rules: ['csv', '!segwit', 'taproot', '!signet'] }).code).toBe('unknown-rule')
  })

  it('takes rules it knows, and those that are the node’s business', () => {
    const rules = ['!csv', '!segwit', '!taproot', 'drivechain', 'testdummy']
    expect(parseBlockTemplate({ ...JSON_TEMPLATE, rules }).height).toBe(141)
  })

  it('clears no version bit that the network requires', () => {
    expect(parseBlockTemplate({ ...JSON_TEMPLATE, vbrequired: 0xe0001fff }).height).toBe(141)
    fc.assert(
      fc.property(fc.integer({ min: 13, max: 28 }), (bit) => {
        const error = errorOf({ vbrequired: 2 ** bit })
        expect(error).toMatchObject({ code: 'unknown-rule', field: 'vbrequired' })
        expect(error.message).toContain(`0x${(2 ** bit).toString(16)}`)
      }),
    )
  })

  it('changes the time as far as the node lets it (BIP 23)', () => {
    const curtime = JSON_TEMPLATE['curtime'] as number
    const mintime = curtime - 600
    const earliest = (mutable: unknown): number =>
      parseBlockTemplate({ ...JSON_TEMPLATE, mintime, mutable }).mintime
    expect(earliest(['time', 'transactions'])).toBe(mintime)
    expect(earliest(undefined)).toBe(mintime)
    expect(earliest(['time/increment'])).toBe(curtime)
    expect(errorOf({ mutable: ['transactions'] })).toMatchObject({ code: 'fixed-field', field: 'mutable' })
  })

  it.each([undefined, null, 7, 'template', []])('needs an object, not %j', (json) => {
    expect(() => parseBlockTemplate(json)).toThrow('template: an object is needed')
  })

  it('throws nothing but TemplateError, whatever one field is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(JSON_TEMPLATE)), fc.jsonValue(), (field, value) => {
        try {
          parseBlockTemplate({ ...JSON_TEMPLATE, [field]: value })
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError)
        }
      }),
    )
  })
})
