import { compactSize, concatBytes, hexToBytes, joinBytes, uint32LE, uint64LE } from '@headframe/core/bytes'
import { addressOfScript, parseAddress } from '@headframe/core/chain/address'
import { outputScript } from '@headframe/core/chain/output-script'
import { isHashAtMost, targetOfDifficulty, targetOfNbits, targetToBytes } from '@headframe/core/chain/target'
import { sha256 } from '@headframe/core/hash'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '@headframe/core/job/job'
import { paidJob } from '@headframe/core/journal/paid-job'
import type { AcceptedShare, JobContent } from '@headframe/core/journal/segment'
import { shareHash } from '@headframe/core/journal/share-hash'

/** So easy that a block takes five hundred hashes. */
export const NBITS = 0x1f7fffff
/** Sixteen hashes a share. */
export const SHARE_DIFFICULTY = 16 / 2 ** 32
export const REWARD_SATS = 5_000_001_234n
export const DONATION_SATS = 25_000n
const TARGET = targetToBytes(targetOfNbits(NBITS)!)

/** A regtest address that nobody has the key of. */
export function addressOf(n: number): string {
  const payload = sha256(Uint8Array.of(n)).subarray(0, 20)
  return addressOfScript(outputScript({ type: 'p2wpkh', payload }), 'regtest')!
}

export function scriptOf(address: string): Uint8Array {
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.script
}

export const POOL_SCRIPT = scriptOf(addressOf(200))
const DONATION_SCRIPT = scriptOf(addressOf(201))

const output = (valueSats: bigint, script: Uint8Array): Uint8Array =>
  concatBytes(uint64LE(valueSats), compactSize(script.length), script)

/** A job whose coinbase pays the pool, or, with a fee, whoever finds its block. */
export function makeJob(jobNumber: number, height: number, soloFeeSats?: bigint): JobContent {
  const script = concatBytes(hexToBytes('02'), uint32LE(height).subarray(0, 2), uint32LE(jobNumber).reverse())
  const scriptSize = script.length + EXTRANONCE1_SIZE + EXTRANONCE2_SIZE
  const coinbasePrefix = concatBytes(
    hexToBytes(`0100000001${'00'.repeat(32)}ffffffff`),
    compactSize(scriptSize),
    script,
  )
  const donation = output(DONATION_SATS, DONATION_SCRIPT)
  const job = {
    jobId: jobNumber.toString(16).padStart(8, '0'),
    height,
    version: 0x20000000,
    prevHash: sha256(uint32LE(height)),
    nbits: NBITS,
    coinbasePrefix,
    merklePath: [sha256(Uint8Array.of(1)), sha256(Uint8Array.of(2))],
  }
  if (soloFeeSats === undefined) {
    const outputs = [output(REWARD_SATS, POOL_SCRIPT), donation]
    return { ...job, coinbaseSuffix: suffixOf(outputs) }
  }
  const bytes = suffixOf([uint64LE(REWARD_SATS - soloFeeSats), output(soloFeeSats, POOL_SCRIPT), donation])
  // Behind the sequence, the count of outputs and the first output's value.
  const openSuffix = { bytes, payoutAt: 4 + 1 + 8 }
  return { ...job, coinbaseSuffix: bytes, openSuffix }
}

const suffixOf = (outputs: readonly Uint8Array[]): Uint8Array =>
  concatBytes(hexToBytes('ffffffff'), compactSize(outputs.length), joinBytes(outputs), uint32LE(0))

/** A share that is, or is not, a block of the job: searched for until it is found. */
export function findShare(
  job: JobContent,
  address: string,
  space: { readonly alias: number; readonly session: number; readonly difficulty: number },
  isBlock: boolean,
  from: number,
): AcceptedShare {
  const paid = paidJob(job, { address }, 'regtest')
  const shareTarget = targetToBytes(targetOfDifficulty(space.difficulty))
  const share = {
    acceptedAtMs: 1_700_000_000_000 + from,
    assignedDifficulty: space.difficulty,
    extranonce1: concatBytes(Uint8Array.of(space.alias), uint32LE(space.session)),
    extranonce2: new Uint8Array(EXTRANONCE2_SIZE),
    ntime: 1_700_000_000,
    version: 0x20000000,
  }
  for (let nonce = from * 0x10000; ; nonce++) {
    const hash = shareHash(paid, { ...share, nonce })
    if (isHashAtMost(hash, shareTarget) && isHashAtMost(hash, TARGET) === isBlock) return { ...share, nonce }
  }
}
