import { describe, expect, it } from 'vitest'
import { bytesToHex, concatBytes, equalBytes, hexToBytes } from '../../src/bytes.js'
import { parseBlock, type Block } from '../../src/chain/block.js'
import { parseDisplayHash } from '../../src/chain/header.js'
import {
  findWitnessCommitment,
  isWitnessCommitmentScript,
  WITNESS_RESERVED_VALUE,
  witnessCommitment,
  witnessCommitmentOf,
  witnessCommitmentScript,
  witnessRoot,
} from '../../src/chain/witness.js'
import { acceptedBlock, blockVectors } from '../read-vectors.js'

const SEGWIT = [
  ...blockVectors()
    .filter(({ height, network }) => network === 'testnet3' && height > 900_000)
    .map(({ height, hex }) => ({ name: `testnet3 ${height}`, hex })),
  { name: 'regtest 141', hex: acceptedBlock().block },
]
const HEAD = '6a24aa21a9ed'

describe('the witness commitment', () => {
  it('is looked at in three real blocks', () => {
    expect(SEGWIT).toHaveLength(3)
  })

  it.each(SEGWIT)('of $name is the one in its coinbase', ({ hex }) => {
    const block = parseBlock(hexToBytes(hex))
    const found = findWitnessCommitment(block.transactions[0]!)
    expect(bytesToHex(found!)).toBe(bytesToHex(witnessCommitmentOf(block)))
  })

  it.each(SEGWIT)('of $name changes with its witnesses', ({ hex }) => {
    const block = parseBlock(hexToBytes(hex))
    const found = findWitnessCommitment(block.transactions[0]!)!
    expect(equalBytes(found, witnessCommitmentOf(withoutWitnesses(block)))).toBe(false)
  })

  it('is what a node computes from wtxids', () => {
    const { wtxids, template } = acceptedBlock()
    const root = witnessRoot(wtxids.slice(1).map(parseDisplayHash))
    const script = witnessCommitmentScript(witnessCommitment(root, WITNESS_RESERVED_VALUE))
    expect(bytesToHex(script)).toBe(template['default_witness_commitment'])
  })

  it('of a block with nothing but a coinbase is the known one', () => {
    // What `getblocktemplate` offers for an empty block.
    const empty = witnessCommitment(witnessRoot([]), WITNESS_RESERVED_VALUE)
    expect(bytesToHex(empty)).toBe('e2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9')
  })

  it('is absent from a block before BIP 141', () => {
    const block = parseBlock(hexToBytes(blockVectors()[1]!.hex))
    expect(findWitnessCommitment(block.transactions[0]!)).toBeUndefined()
  })

  it('is the last output of the form, and may be followed by bytes', () => {
    const { transactions } = parseBlock(hexToBytes(SEGWIT[0]!.hex))
    const coinbase = transactions[0]!
    const scripts = [
      `${HEAD}${'11'.repeat(32)}`,
      `${HEAD}${'22'.repeat(32)}ffff`,
      `${HEAD}${'33'.repeat(31)}`,
    ]
    const outputs = scripts.map((hex) => ({ valueSats: 0n, script: hexToBytes(hex) }))
    expect(bytesToHex(findWitnessCommitment({ ...coinbase, outputs })!)).toBe('22'.repeat(32))
  })

  it.each([
    '',
    HEAD,
    `${HEAD}${'00'.repeat(31)}`,
    `6a24aa21a9ee${'00'.repeat(32)}`,
    `6b24aa21a9ed${'00'.repeat(32)}`,
  ])('is not in %j', (hex) => {
    expect(isWitnessCommitmentScript(hexToBytes(hex))).toBe(false)
  })

  it('counts a reserved value that is missing as zero', () => {
    const block = parseBlock(hexToBytes(SEGWIT[0]!.hex))
    const [coinbase, ...others] = block.transactions
    const inputs = coinbase!.inputs.map((input) => ({ ...input, witness: [] }))
    const bare = { ...block, transactions: [{ ...coinbase!, inputs }, ...others] }
    expect(witnessCommitmentOf(bare)).toEqual(witnessCommitmentOf(block))
    const root = witnessRoot(others.map(() => WITNESS_RESERVED_VALUE))
    expect(witnessCommitment(root, Uint8Array.of(1))).not.toEqual(
      witnessCommitment(root, concatBytes(Uint8Array.of(2))),
    )
  })
})

function withoutWitnesses(block: Block): Block {
  const [coinbase, ...others] = block.transactions
  const bare = others.map((transaction) => ({
    ...transaction,
    inputs: transaction.inputs.map((input) => ({ ...input, witness: [] })),
  }))
  return { ...block, transactions: [coinbase!, ...bare] }
}
