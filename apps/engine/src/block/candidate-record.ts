import { concatBytes, equalBytes } from '@headframe/core/bytes'
import type { BlockCandidate } from '@headframe/core/block/candidate'
import { sha256 } from '@headframe/core/hash'
import { candidateFromJson, candidateToJson, type CandidateJson } from './candidate-json.js'

/** All of a found block but the transactions of its job, which the job archive has. */
export interface CandidateRecord {
  readonly candidate: BlockCandidate
  /** Header, number of transactions and coinbase, as lower-case hex. */
  readonly headHex: string
  /** Of the job. */
  readonly transactionsId: string
  /** Bytes. */
  readonly transactionsSize: number
}

/** ASCII `HFBLOCK` and the version of what follows: SHA-256 of the rest, its length, and JSON. */
const MAGIC = Uint8Array.of(0x48, 0x46, 0x42, 0x4c, 0x4f, 0x43, 0x4b, 1)
const DIGEST_END = MAGIC.length + 32
const LENGTH_END = DIGEST_END + 4

export function encodeCandidateRecord(record: CandidateRecord): Uint8Array {
  const json = Buffer.from(JSON.stringify({ ...record, candidate: candidateToJson(record.candidate) }))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, json.length, true)
  const body = concatBytes(length, json)
  return concatBytes(MAGIC, sha256(body), body)
}

/** Undefined when the bytes are no record: never written, cleared, or torn by a loss of power. */
export function decodeCandidateRecord(bytes: Uint8Array): CandidateRecord | undefined {
  if (bytes.length < LENGTH_END || !equalBytes(bytes.subarray(0, MAGIC.length), MAGIC)) return undefined
  const length = new DataView(bytes.buffer, bytes.byteOffset + DIGEST_END).getUint32(0, true)
  const body = bytes.subarray(DIGEST_END, LENGTH_END + length)
  if (!equalBytes(sha256(body), bytes.subarray(MAGIC.length, DIGEST_END))) return undefined
  const record = JSON.parse(Buffer.from(body.subarray(4)).toString()) as CandidateRecord & {
    readonly candidate: CandidateJson
  }
  return { ...record, candidate: candidateFromJson(record.candidate) }
}
