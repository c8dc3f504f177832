import { describe, expect, it } from 'vitest'
import { bytesToHex } from '../../src/bytes.js'
import { addressOfScript, parseAddress } from '../../src/chain/address.js'

describe('parseAddress', () => {
  it.each([
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'p2pkh', '76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac'],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'p2wpkh', '0014751e76e8199196d454941c45d1b3a323f1433bd6'],
    [
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
      'p2tr',
      '512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    ],
  ] as const)('takes %s', (address, type, script) => {
    const parsed = parseAddress(address, 'mainnet')
    if (!parsed.ok) throw new Error(parsed.message)
    expect(parsed).toMatchObject({ address, type })
    expect(bytesToHex(parsed.script)).toBe(script)
    expect(addressOfScript(parsed.script, 'mainnet')).toBe(address)
  })

  it('says which network an address is of', () => {
    expect(parseAddress('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'regtest')).toEqual({
      ok: false,
      problem: 'wrong-network',
      message: 'This is a mainnet address; this pool mines regtest.',
    })
  })
})
