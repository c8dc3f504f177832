/** Outpoint, sequence and size of the script (Bitcoin Core `policy.cpp` GetDustThreshold). */
const INPUT_BYTES = 32 + 4 + 1 + 4
/** A signature and a key. */
const UNLOCKING_BYTES = 107
/** What they weigh in a witness. */
const WITNESS_UNLOCKING_BYTES = Math.floor(UNLOCKING_BYTES / 4)
/** Of an output: its value, and the size of a script as short as those are that have an address. */
const OUTPUT_HEAD_BYTES = 8 + 1
/** DUST_RELAY_TX_FEE of 3,000 satoshis a kilobyte. */
const SATS_A_BYTE = 3

/**
 * The least value, satoshis, that is worth spending at the fee that nodes relay by: 546 for P2PKH, 540 for P2SH, 294
 * for P2WPKH, 330 for P2WSH and P2TR. `script` is that of an address.
 */
export function dustLimitSats(script: Uint8Array): bigint {
  const unlockingBytes = isWitnessProgram(script) ? WITNESS_UNLOCKING_BYTES : UNLOCKING_BYTES
  return BigInt(SATS_A_BYTE * (OUTPUT_HEAD_BYTES + script.length + INPUT_BYTES + unlockingBytes))
}

/** BIP 141: a version, OP_0 or OP_1 to OP_16, and one push of 2 to 40 bytes. */
function isWitnessProgram(script: Uint8Array): boolean {
  const version = script[0]
  const isVersion = version === 0 || (version !== undefined && version >= 0x51 && version <= 0x60)
  return isVersion && script.length >= 4 && script.length <= 42 && script[1] === script.length - 2
}
