import { writeUint32LE } from '@headframe/core/bytes'
import { addressOfScript } from '@headframe/core/chain/address'
import type { Network } from '@headframe/core/chain/network'
import { outputScript } from '@headframe/core/chain/output-script'

const KEY_HASH_BYTES = 20

/** An address that nobody has the key of, another for each number. */
export function numberedAddress(number: number, network: Network): string {
  const payload = new Uint8Array(KEY_HASH_BYTES)
  writeUint32LE(payload, 0, number)
  return addressOfScript(outputScript({ type: 'p2wpkh', payload }), network)!
}
