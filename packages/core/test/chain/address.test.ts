import * as ecc from '@bitcoinerlab/secp256k1'
import { bech32 } from '@scure/base'
import { address as oracle, initEccLib, networks, payments } from 'bitcoinjs-lib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, hexToBytes } from '../../src/bytes.js'
import {
  addressOfScript,
  parseAddress,
  type AddressProblem,
  type ValidAddress,
} from '../../src/chain/address.js'
import { NETWORKS, type Network } from '../../src/chain/network.js'
import { outputScript, templateOfScript, type AddressType } from '../../src/chain/output-script.js'
import { bytesOfSize } from '../arbitraries.js'
import { readVectors } from '../read-vectors.js'

initEccLib(ecc)

interface AddressVector {
  readonly network: Network
  readonly address: string
  readonly script: string
}

const ALL = Object.keys(NETWORKS) as Network[]
/** Bitcoin Core src/test/data/key_io_valid.json, BIP 173, BIP 350 and the genesis block's. */
const VALID = readVectors('addresses') as AddressVector[]
const TYPES: readonly AddressType[] = ['p2pkh', 'p2sh', 'p2wpkh', 'p2wsh', 'p2tr']
const ORACLE_NETWORK = {
  mainnet: networks.bitcoin,
  testnet3: networks.testnet,
  testnet4: networks.testnet,
  signet: networks.testnet,
  regtest: networks.regtest,
} as const

function parsed(text: string, network: Network): ValidAddress {
  const result = parseAddress(text, network)
  if (!result.ok) throw new Error(result.message)
  return result
}

function problem(text: string, network: Network): AddressProblem | undefined {
  const result = parseAddress(text, network)
  return result.ok ? undefined : result.problem
}

describe('parseAddress', () => {
  it.each(VALID)('takes $address on $network', ({ network, address, script }) => {
    expect(bytesToHex(parsed(address, network).script)).toBe(script)
    expect(parsed(address, network).address).toBe(address)
    expect(addressOfScript(hexToBytes(script), network)).toBe(address)
  })

  it('has seen every type on every prefix', () => {
    const seen = VALID.map(
      ({ address, network }) => `${NETWORKS[network].hrp} ${parsed(address, network).type}`,
    )
    expect(new Set(seen).size).toBe(3 * TYPES.length)
  })

  it.each(VALID.filter(({ address }) => /^(bc|tb|bcrt)1/.test(address)))(
    'takes $address in capitals, and writes it small',
    ({ network, address }) => {
      expect(parsed(address.toUpperCase(), network).address).toBe(address)
      const [first, ...rest] = address
      expect(problem(first!.toUpperCase() + rest.join(''), network)).toBe('malformed')
    },
  )

  it.each(VALID)('tells one wrong character in $address', ({ network, address }) => {
    // The last character: replaced by two others that its alphabet has.
    for (const character of ['q', 'p']) {
      if (address.endsWith(character)) continue
      expect(problem(address.slice(0, -1) + character, network)).toBe('bad-checksum')
    }
  })

  it('takes an address exactly on the networks that share its prefix', () => {
    for (const { address, script } of VALID) {
      for (const network of ALL) {
        const ours = addressOfScript(hexToBytes(script), network) === address
        expect(problem(address, network)).toBe(ours ? undefined : 'wrong-network')
      }
    }
  })

  it.each([
    [
      'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
      'regtest',
      'This is a mainnet address; this pool mines regtest.',
    ],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'signet', 'This is a mainnet address; this pool mines signet.'],
    [
      'tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7',
      'mainnet',
      'This is a testnet3 or testnet4 or signet address; this pool mines mainnet.',
    ],
    [
      'mww4LvqtTMKvmeQvizPz2EQv26xTneWrbg',
      'mainnet',
      'This is a testnet3 or testnet4 or signet or regtest address; this pool mines mainnet.',
    ],
  ] as const)('says whose %s is', (address, network, message) => {
    expect(parseAddress(address, network)).toEqual({ ok: false, problem: 'wrong-network', message })
  })

  it.each(readVectors('future-addresses') as { network: Network; address: string }[])(
    'does not pay to rules that are not made yet: $address',
    ({ network, address }) => {
      expect(problem(address, network)).toBe('unsupported-witness-version')
    },
  )

  /** BIP 350 and Bitcoin Core src/test/data/key_io_invalid.json. */
  it.each(readVectors('invalid-addresses') as { address: string; problem: AddressProblem }[])(
    'refuses $address: $problem',
    ({ address, problem: expected }) => {
      for (const network of ALL) expect(problem(address, network)).toBe(expected)
    },
  )

  it.each([
    ['', 'empty'],
    [' bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'malformed'],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 ', 'bad-checksum'],
    ['bc1q', 'bad-checksum'],
    ['bc1', 'bad-checksum'],
    ['1'.repeat(25), 'bad-checksum'],
    ['1'.repeat(1_000_000), 'malformed'],
    ['bc1'.padEnd(91, 'q'), 'malformed'],
    ['LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1', 'malformed'],
    ['ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9', 'malformed'],
    ['satoshi@example.org', 'malformed'],
  ] as const)('refuses %j', (text, expected) => {
    expect(problem(text, 'mainnet')).toBe(expected)
  })

  it('refuses a prefix that only begins like one of ours', () => {
    const words = bech32.toWords(new Uint8Array(20))
    expect(problem(bech32.encode('bc', [0, ...words]), 'mainnet')).toBeUndefined()
    expect(problem(bech32.encode('bc1', [0, ...words]), 'mainnet')).toBe('malformed')
  })

  it('never throws', () => {
    const nearly = fc
      .tuple(fc.constantFrom(...VALID), fc.nat(), fc.string({ unit: 'binary', maxLength: 2 }))
      .map(([{ address }, at, piece]) => {
        const index = at % address.length
        return address.slice(0, index) + piece + address.slice(index + 1)
      })
    fc.assert(
      fc.property(
        fc.oneof(nearly, fc.string({ unit: 'binary' })),
        fc.constantFrom(...ALL),
        (text, network) => {
          const result = parseAddress(text, network)
          if (result.ok) expect(addressOfScript(result.script, network)).toBe(result.address)
          else expect(result.message).toMatch(/^[A-Z].*\.$/)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('addressOfScript', () => {
  const payload = { p2pkh: 20, p2sh: 20, p2wpkh: 20, p2wsh: 32 } as const

  it('is what another implementation says, and comes back', () => {
    for (const type of ['p2pkh', 'p2sh', 'p2wpkh', 'p2wsh'] as const) {
      fc.assert(
        fc.property(bytesOfSize(payload[type]), fc.constantFrom(...ALL), (hash, network) => {
          const script = outputScript({ type, payload: hash })
          const address = addressOfScript(script, network)!
          expect(address).toBe(oracle.fromOutputScript(script, ORACLE_NETWORK[network]))
          expect(parsed(address, network)).toEqual({ ok: true, address, script, type })
        }),
        { numRuns: 30 },
      )
    }
  })

  it('is what another implementation says of a taproot key', () => {
    const secret = bytesOfSize(32).filter((bytes) => ecc.isPrivate(bytes))
    fc.assert(
      fc.property(secret, fc.constantFrom(...ALL), (key, network) => {
        const internalPubkey = ecc.xOnlyPointFromScalar(key)
        const { address, output } = payments.p2tr({ internalPubkey, network: ORACLE_NETWORK[network] })
        expect(addressOfScript(Uint8Array.from(output!), network)).toBe(address)
        expect(parsed(address!, network)).toMatchObject({ type: 'p2tr', script: Uint8Array.from(output!) })
      }),
      { numRuns: 10 },
    )
  })

  it.each([
    '',
    '51',
    '6a24aa21a9ed',
    `76a914${'00'.repeat(20)}88ad`,
    `a914${'00'.repeat(20)}88`,
    `a915${'00'.repeat(20)}87`,
    `0014${'00'.repeat(19)}`,
    `0014${'00'.repeat(21)}`,
    `5220${'00'.repeat(32)}`,
    `21${'02'.repeat(33)}ac`,
    '51024e73',
  ])('is none of %j', (hex) => {
    expect(addressOfScript(hexToBytes(hex), 'mainnet')).toBeNull()
  })

  it('takes apart what was put together', () => {
    for (const type of TYPES) {
      const bytes = new Uint8Array(type === 'p2wsh' || type === 'p2tr' ? 32 : 20).fill(7)
      expect(templateOfScript(outputScript({ type, payload: bytes }))).toEqual({ type, payload: bytes })
    }
  })
})
