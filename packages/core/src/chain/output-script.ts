import { concatBytes, equalBytes, hexToBytes } from '../bytes.js'

/** The kinds of output that have an address this pool pays to. */
export type AddressType = 'p2pkh' | 'p2sh' | 'p2wpkh' | 'p2wsh' | 'p2tr'

interface ScriptForm {
  readonly head: Uint8Array
  /** Size of the hash or key between head and tail, in bytes. */
  readonly payloadSize: number
  readonly tail: Uint8Array
}

/** Bitcoin Core `script/solver.cpp`; BIP 16, 141, 341. */
const FORMS: Readonly<Record<AddressType, ScriptForm>> = {
  p2pkh: { head: hexToBytes('76a914'), payloadSize: 20, tail: hexToBytes('88ac') },
  p2sh: { head: hexToBytes('a914'), payloadSize: 20, tail: hexToBytes('87') },
  p2wpkh: { head: hexToBytes('0014'), payloadSize: 20, tail: hexToBytes('') },
  p2wsh: { head: hexToBytes('0020'), payloadSize: 32, tail: hexToBytes('') },
  p2tr: { head: hexToBytes('5120'), payloadSize: 32, tail: hexToBytes('') },
}

export interface OutputTemplate {
  readonly type: AddressType
  /** Hash of a key or script, or the output key of taproot. */
  readonly payload: Uint8Array
}

export function outputScript({ type, payload }: OutputTemplate): Uint8Array {
  const { head, tail } = FORMS[type]
  return concatBytes(head, payload, tail)
}

/** What an output script pays to, or null when it has none of the forms. */
export function templateOfScript(script: Uint8Array): OutputTemplate | null {
  for (const type of Object.keys(FORMS) as AddressType[]) {
    const { head, payloadSize, tail } = FORMS[type]
    const tailStart = head.length + payloadSize
    if (script.length !== tailStart + tail.length) continue
    if (!equalBytes(script.subarray(0, head.length), head)) continue
    if (!equalBytes(script.subarray(tailStart), tail)) continue
    return { type, payload: script.subarray(head.length, tailStart) }
  }
  return null
}
