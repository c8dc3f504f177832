import { addressOfScript } from '@headframe/core/chain/address'
import { outputScript } from '@headframe/core/chain/output-script'
import { hash160 } from '@headframe/core/hash'
import { legacyMessageHash } from '@headframe/core/message/legacy-signature'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { NETWORK } from './test-api'

/** BIP 137: a segwit address. */
const HEADER = 39

/** A wallet of one key: its address, and what it signs. */
export function walletOf(n: number) {
  const secret = new Uint8Array(32).fill(n)
  const payload = hash160(secp256k1.getPublicKey(secret, true))
  const address = addressOfScript(outputScript({ type: 'p2wpkh', payload }), NETWORK)!
  return {
    address,
    sign(message: string): string {
      const options = { prehash: false, format: 'recovered' } as const
      const signature = secp256k1.sign(legacyMessageHash(message), secret, options)
      return Buffer.from([HEADER + signature[0]!, ...signature.subarray(1)]).toString('base64')
    },
  }
}
