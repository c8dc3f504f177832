import { idTextOf } from './id-text.js'
import { jsonBoundsFault } from './json-bounds.js'
import type { Line } from './line-framer.js'
import type { MalformedMessage, MalformedReason, Message, RequestId } from './request.js'

/** Longest id, string or number: it is held until the answer leaves. */
export const MAX_ID_CHARS = 128

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads one line of Stratum v1 (JSON-RPC as miners speak it). Never throws.
 *
 * A message with a method is a request, whatever else it carries: some firmware answers `mining.ping` with
 * `{"id":N,"method":"pong","params":[]}`. Without a method but with a result or an error it is a response.
 * Missing or null `params` mean none. An id that is a number is kept as it was written, whatever a double would make
 * of it: a peer that gets it back altered cannot match the answer.
 */
export function parseRequest(line: Line): Message {
  const boundsFault = jsonBoundsFault(line)
  if (boundsFault !== undefined) return malformed(boundsFault, undefined)
  let text: string
  try {
    text = utf8.decode(line)
  } catch {
    return malformed('not-utf8', undefined)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return malformed('not-json', undefined)
  }
  return isRecord(value) ? readMessage(value, text) : malformed('not-an-object', undefined)
}

function readMessage(fields: Record<string, unknown>, text: string): Message {
  const value = fields['id']
  if (!isIdValue(value)) return malformed('bad-id', undefined)
  const id = typeof value === 'number' ? numberId(value, idTextOf(text)) : value
  if (isTooLong(id)) return malformed('bad-id', undefined)
  const method = fields['method']
  if (typeof method === 'string') return readRequest(id, method, fields['params'])
  const isAnswer = fields['result'] !== undefined || fields['error'] !== undefined
  if ((method === undefined || method === null) && isAnswer) {
    return {
      kind: 'response',
      id: value ?? null,
      result: fields['result'] ?? null,
      error: fields['error'] ?? null,
    }
  }
  return malformed('bad-method', id)
}

function readRequest(id: RequestId | undefined, method: string, params: unknown): Message {
  if (params === undefined || params === null) return { kind: 'request', id, method, params: [] }
  if (!Array.isArray(params)) return malformed('params-not-an-array', id)
  return { kind: 'request', id, method, params }
}

function isIdValue(value: unknown): value is number | string | null | undefined {
  return value === undefined || value === null || typeof value === 'number' || typeof value === 'string'
}

function numberId(value: number, text: string): RequestId {
  return String(value) === text ? value : { numberText: text }
}

function isTooLong(id: RequestId | undefined): boolean {
  if (typeof id === 'string') return id.length > MAX_ID_CHARS
  return typeof id === 'object' && id !== null && id.numberText.length > MAX_ID_CHARS
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function malformed(reason: MalformedReason, id: RequestId | undefined): MalformedMessage {
  return { kind: 'malformed', reason, id }
}
