import { hexToBytes } from '@headframe/core/bytes'
import { EXTRANONCE1_DIGITS, prefixOfSessionId } from './extranonce1.js'

/** From a position on, what a session was promised. */
export interface GrantRecord {
  /** Job number and alias of the first job it held for. */
  readonly fromPosition: number
  readonly difficulty: number
  readonly versionMask: number
  /** By which the variant of the job is told. */
  readonly maxCoinbaseBytes: number
}

/** What it takes to go on with a session on another connection, or in another process. */
export interface SessionRecord {
  /** 24 hex digits: extranonce1, and 64 bits that only the miner and the pool know. */
  readonly sessionId: string
  readonly extranonce1: Uint8Array
  readonly portNumber: number
  /** Address that the coinbase of its jobs pays, on a solo port; empty elsewhere. */
  readonly payout: string
  /** Of the oldest job that can still be submitted. */
  readonly firstPosition: number
  /** Of the newest job that was sent, as far as the record knows. */
  readonly lastPosition: number
  /** By rising position. */
  readonly grants: readonly GrantRecord[]
}

const GRANT_FIELDS = 4
const FIRST_GRANT = 4

/**
 * What a record says beside its session id: `[payout, portNumber, firstPosition, lastPosition]`, and for each grant
 * `fromPosition, difficulty, versionMask, maxCoinbaseBytes`.
 */
export function encodeRecord(record: SessionRecord): string {
  const fields = [record.payout, record.portNumber, record.firstPosition, record.lastPosition]
  for (const { fromPosition, difficulty, versionMask, maxCoinbaseBytes } of record.grants) {
    fields.push(fromPosition, difficulty, versionMask, maxCoinbaseBytes)
  }
  return JSON.stringify(fields)
}

type RecordFields = [payout: string, portNumber: number, first: number, last: number, ...grants: number[]]
type GrantFields = [fromPosition: number, difficulty: number, versionMask: number, maxCoinbaseBytes: number]

/** `text` is what `encodeRecord` made. */
export function decodeRecord(sessionId: string, text: string): SessionRecord {
  const [payout, portNumber, firstPosition, lastPosition, ...rest] = JSON.parse(text) as RecordFields
  const grants: GrantRecord[] = []
  for (let at = 0; at < rest.length; at += GRANT_FIELDS) {
    const [fromPosition, difficulty, versionMask, maxCoinbaseBytes] = rest.slice(at) as GrantFields
    grants.push({ fromPosition, difficulty, versionMask, maxCoinbaseBytes })
  }
  const extranonce1 = hexToBytes(sessionId.slice(0, EXTRANONCE1_DIGITS))
  return { sessionId, extranonce1, portNumber, payout, firstPosition, lastPosition, grants }
}

/** A line of the log: what is true of a session from then on. */
export interface RecordLine {
  readonly sessionId: string
  /** 0 while the session is open. */
  readonly closedAtMs: number
  /** What `encodeRecord` made; undefined when the session is to be forgotten. */
  readonly text: string | undefined
}

export function formatLine({ sessionId, closedAtMs, text }: RecordLine): string {
  return text === undefined ? `["${sessionId}"]\n` : `["${sessionId}",${closedAtMs},${text}]\n`
}

/** Undefined when it is no line of ours, or not all of one. */
export function parseLine(line: string, prefix: number): RecordLine | undefined {
  const fields = parseArray(line)
  const [sessionId, closedAtMs, record] = fields ?? []
  if (typeof sessionId !== 'string' || prefixOfSessionId(sessionId) !== prefix) return undefined
  if (fields!.length === 1) return { sessionId, closedAtMs: 0, text: undefined }
  if (!isNumber(closedAtMs) || !Array.isArray(record)) return undefined
  const [payout, ...numbers] = record as unknown[]
  if (typeof payout !== 'string' || !numbers.every(isNumber)) return undefined
  if (record.length < FIRST_GRANT || record.length % GRANT_FIELDS !== 0) return undefined
  return { sessionId, closedAtMs, text: JSON.stringify(record) }
}

function parseArray(line: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && value >= 0
}
