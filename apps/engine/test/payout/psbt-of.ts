import { compactSize, concatBytes } from '@headframe/core/bytes'
import { serialiseWithoutWitness, type Transaction } from '@headframe/core/chain/transaction'

/** As much of a PSBT as names its transaction (BIP 174). */
export function psbtOf(transaction: Transaction): string {
  const raw = serialiseWithoutWitness(transaction)
  const maps = new Uint8Array(1 + transaction.inputs.length + transaction.outputs.length)
  const head = Uint8Array.of(0x70, 0x73, 0x62, 0x74, 0xff, 1, 0)
  return Buffer.from(concatBytes(head, compactSize(raw.length), raw, maps)).toString('base64')
}
