import { parseAddress } from '@headframe/core/chain/address'
import {
  parseTransaction,
  serialiseTransaction,
  serialiseWithoutWitness,
  txid,
  type Transaction,
} from '@headframe/core/chain/transaction'
import { bytesToHex, compactSize, concatBytes, reversedBytes } from '@headframe/core/bytes'
import type { PayoutItem, SignedPayment } from '@headframe/core/payout/batch'

/** The transaction that pays some items from one made-up coin. */
export function paymentOf(items: readonly PayoutItem[], coin = 1): Transaction {
  return {
    version: 2,
    inputs: [
      {
        prevTxid: new Uint8Array(32).fill(coin),
        prevIndex: 0,
        script: new Uint8Array(),
        sequence: 0xfffffffd,
        witness: [],
      },
    ],
    outputs: items.map(({ script, amountSats }) => ({ script, valueSats: amountSats })),
    locktime: 0,
  }
}

/** As much of a PSBT as names its transaction (BIP 174). */
export function psbtOf(transaction: Transaction): string {
  const raw = serialiseWithoutWitness(transaction)
  const bytes = concatBytes(
    Uint8Array.of(0x70, 0x73, 0x62, 0x74, 0xff, 1, 0),
    compactSize(raw.length),
    raw,
    new Uint8Array(1 + transaction.inputs.length + transaction.outputs.length),
  )
  return Buffer.from(bytes).toString('base64')
}

export function signedFormOf(transaction: Transaction): SignedPayment {
  const inputs = transaction.inputs.map((input) => ({ ...input, witness: [Uint8Array.of(1)] }))
  const raw = serialiseTransaction({ ...transaction, inputs })
  return { raw, txid: bytesToHex(reversedBytes(txid(parseTransaction(raw)))) }
}

export function scriptOf(address: string): Uint8Array {
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.script
}
