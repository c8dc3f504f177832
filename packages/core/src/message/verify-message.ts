import { bytesToHex, equalBytes } from '../bytes.js'
import { parseAddress } from '../chain/address.js'
import type { Network } from '../chain/network.js'
import { outputScript, templateOfScript } from '../chain/output-script.js'
import { pushData } from '../chain/script.js'
import { txid, type Transaction } from '../chain/transaction.js'
import { hash160 } from '../hash.js'
import { judgeSpend } from './judge-spend.js'
import { judgeLegacy } from './legacy-signature.js'
import { readSignature } from './read-signature.js'
import { isCompressedKey } from './signature-check.js'
import {
  NOT_A_SIGNATURE,
  OF_ANOTHER_ADDRESS,
  refuse,
  type InvalidMessage,
  type MessageVerdict,
} from './verdict.js'
import { OP_RETURN, toSign, toSpend } from './virtual-transactions.js'

export interface SignedMessage {
  readonly network: Network
  readonly address: string
  readonly message: string
  /** As a wallet gave it out. */
  readonly signature: string
}

/** Whether whoever holds the keys of an address signed a message: BIP 322, simple and full, and the legacy form. */
export function verifyMessage({ network, address, message, signature }: SignedMessage): MessageVerdict {
  const parsed = parseAddress(address, network)
  if (!parsed.ok) return refuse('bad-address', parsed.message)
  const read = readSignature(signature)
  if ('problem' in read) return read
  const { script, type } = parsed
  if (read.format === 'legacy') return judgeLegacy(message, script, type, read.bytes)
  if (read.format === 'full') return judgeFull(message, script, read.transaction)
  const signed = { script: inputScriptFor(script, read.witness), witness: read.witness }
  const problem = judgeSpend(toSign(message, script, signed), { valueSats: 0n, script })
  return problem ?? { ok: true, format: 'simple' }
}

function judgeFull(message: string, script: Uint8Array, transaction: Transaction): MessageVerdict {
  const problem =
    problemOfForm(message, script, transaction) ?? judgeSpend(transaction, { valueSats: 0n, script })
  if (problem !== undefined) return problem
  // BIP 322: valid at time T and age S.
  const { locktime, inputs } = transaction
  const age = inputs[0]!.sequence
  if (locktime === 0 && age === 0) return { ok: true, format: 'full' }
  return refuse('time-locked', `This signature holds only later (lock time ${locktime}, sequence ${age}).`)
}

/** BIP 322, basic validation: the fields of `to_sign`. */
function problemOfForm(
  message: string,
  script: Uint8Array,
  { version, inputs, outputs }: Transaction,
): InvalidMessage | undefined {
  const [input, ...otherInputs] = inputs
  const [output, ...otherOutputs] = outputs
  if (input === undefined || output === undefined || otherOutputs.length > 0) return NOT_A_SIGNATURE
  if (otherInputs.length > 0) {
    return refuse('unsupported-format', 'This signature spends coins as well; sign the message alone.')
  }
  if (output.valueSats !== 0n || bytesToHex(output.script) !== bytesToHex(Uint8Array.of(OP_RETURN)))
    return NOT_A_SIGNATURE
  if (version !== 0 && version !== 2) {
    return refuse('unsupported-format', `This signature is of a transaction of version ${version}.`)
  }
  const spends = input.prevIndex === 0 && equalBytes(input.prevTxid, txid(toSpend(message, script)))
  return spends ? undefined : OF_ANOTHER_ADDRESS
}

/**
 * BIP 322 has the simple form for native segwit alone. Wallets give it out for segwit inside of P2SH as well, where the
 * script that it leaves out follows from the key.
 */
function inputScriptFor(script: Uint8Array, witness: readonly Uint8Array[]): Uint8Array {
  const key = witness[1]
  if (templateOfScript(script)?.type !== 'p2sh' || witness.length !== 2 || key === undefined)
    return new Uint8Array()
  if (!isCompressedKey(key)) return new Uint8Array()
  return pushData(outputScript({ type: 'p2wpkh', payload: hash160(key) }))
}
