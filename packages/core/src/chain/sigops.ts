const OP_PUSHDATA1 = 0x4c
const OP_PUSHDATA2 = 0x4d
const OP_PUSHDATA4 = 0x4e
const OP_CHECKSIG = 0xac
const OP_CHECKSIGVERIFY = 0xad
const OP_CHECKMULTISIG = 0xae
const OP_CHECKMULTISIGVERIFY = 0xaf

/** What a multisig counts where nobody looks for its keys (Bitcoin Core `script.h` MAX_PUBKEYS_PER_MULTISIG). */
const SIGOPS_A_MULTISIG = 20
/** What a signature operation outside of a witness counts against the limit of a block (BIP 141). */
export const SIGOP_COST = 4

/**
 * Signature operations of a script as they are counted outside of a witness (Bitcoin Core `script.cpp`
 * CScript::GetSigOpCount(false)): those in front of the first push that has not all of its bytes.
 */
export function legacySigops(script: Uint8Array): number {
  let sigops = 0
  for (let at = 0; at < script.length;) {
    const opcode = script[at]!
    if (opcode === OP_CHECKSIG || opcode === OP_CHECKSIGVERIFY) sigops++
    if (opcode === OP_CHECKMULTISIG || opcode === OP_CHECKMULTISIGVERIFY) sigops += SIGOPS_A_MULTISIG
    at = behindOpcode(script, at, opcode)
  }
  return sigops
}

/** Beyond the end of the script when the push has not all of its bytes. */
function behindOpcode(script: Uint8Array, at: number, opcode: number): number {
  if (opcode < OP_PUSHDATA1) return at + 1 + opcode
  const lengthSize =
    opcode === OP_PUSHDATA1 ? 1 : opcode === OP_PUSHDATA2 ? 2 : opcode === OP_PUSHDATA4 ? 4 : 0
  let length = 0
  for (let i = lengthSize; i > 0; i--) length = length * 256 + (script[at + i] ?? 0)
  return at + 1 + lengthSize + length
}
