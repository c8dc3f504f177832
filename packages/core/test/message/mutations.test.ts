import { base64 } from '@scure/base'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOfScript } from '../../src/chain/address.js'
import { outputScript } from '../../src/chain/output-script.js'
import { bytesOfSize } from '../arbitraries.js'
import { basicVectors, generatedVectors, legacyVectors, verdictOf } from './message-vectors.js'

interface Signed {
  readonly name: string
  readonly address: string
  readonly message: string
  readonly prefix: string
  readonly bytes: Uint8Array
  /** Bytes in front that stand for the form; how the others may be changed follows from none of them. */
  readonly headBytes: number
}

function decode(text: string): Uint8Array {
  return base64.decode(text.padEnd(Math.ceil(text.length / 4) * 4, '='))
}

const LEGACY: readonly Signed[] = legacyVectors
  .filter(({ verdict }) => verdict === 'valid')
  .map(({ address, message, source, signature }) => ({
    name: source,
    address,
    message,
    prefix: '',
    bytes: decode(signature),
    // Electrum's header for a segwit address is one bit from BIP 137's.
    headBytes: 1,
  }))

const SIMPLE: readonly Signed[] = [...basicVectors.simple, ...generatedVectors.simple]
  .filter(({ bip322_signatures: [signature] }) => signature!.startsWith('smp'))
  .map(({ address, message, type, bip322_signatures: [signature] }) => ({
    name: type,
    address,
    message,
    prefix: 'smp',
    bytes: decode(signature!.slice(3)),
    headBytes: 0,
  }))

const signed = fc.constantFrom(...LEGACY, ...SIMPLE)

function judge({ address, message, prefix, bytes }: Signed): string {
  return verdictOf({ address, message, signature: prefix + base64.encode(bytes) })
}

const otherAddress = fc
  .oneof(
    fc.record({ type: fc.constantFrom('p2pkh', 'p2sh', 'p2wpkh'), payload: bytesOfSize(20) }),
    fc.record({ type: fc.constantFrom('p2wsh', 'p2tr'), payload: bytesOfSize(32) }),
  )
  .map((template) => addressOfScript(outputScript(template as never), 'mainnet')!)

describe('a signature that was changed', () => {
  it('begins with valid ones', () => {
    for (const one of [...LEGACY, ...SIMPLE]) expect(judge(one), one.name).toBe('valid')
  })

  it('is never valid, whichever bit was', () => {
    fc.assert(
      fc.property(signed, fc.nat(), fc.nat(7), (one, at, bit) => {
        const bytes = Uint8Array.from(one.bytes)
        bytes[one.headBytes + (at % (bytes.length - one.headBytes))]! ^= 1 << bit
        expect(judge({ ...one, bytes })).not.toBe('valid')
      }),
    )
  })

  it('is never valid when it was cut or lengthened', () => {
    fc.assert(
      fc.property(signed, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 40 }), (one, at, more) => {
        const cut = one.bytes.subarray(0, at % one.bytes.length)
        expect(judge({ ...one, bytes: cut })).not.toBe('valid')
        expect(judge({ ...one, bytes: Uint8Array.of(...one.bytes, ...more) })).not.toBe('valid')
      }),
    )
  })

  it('is never valid for another message', () => {
    fc.assert(
      fc.property(signed, fc.string({ unit: 'binary' }), (one, message) => {
        fc.pre(message !== one.message)
        expect(judge({ ...one, message })).not.toBe('valid')
      }),
    )
  })

  it('is never valid for another address', () => {
    fc.assert(
      fc.property(signed, otherAddress, (one, address) => {
        expect(judge({ ...one, address })).not.toBe('valid')
      }),
    )
    for (const one of [...LEGACY, ...SIMPLE]) {
      for (const { address } of [...LEGACY, ...SIMPLE]) {
        // bitcoinjs-message signed by one key for several addresses.
        const isSameKey =
          one.message === 'vires is numeris' && LEGACY.some((other) => other.address === address)
        if (address === one.address || isSameKey) continue
        expect(judge({ ...one, address }), `${one.name} for ${address}`).not.toBe('valid')
      }
    }
  })
})

describe('any text', () => {
  it('is judged without throwing, and is no signature', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => base64.encode(bytes)),
      fc.tuple(fc.constantFrom('smp', 'ful', 'pof'), fc.base64String()).map(([head, rest]) => head + rest),
      fc.constant('A'.repeat(100_000)),
    )
    const addresses = [...LEGACY, ...SIMPLE].map(({ address }) => address)
    fc.assert(
      fc.property(text, fc.constantFrom(...addresses), (signature, address) => {
        expect(verdictOf({ address, message: 'x', signature })).not.toBe('valid')
      }),
    )
  })
})
