import { isUtf8 } from 'node:buffer'
import { wantsAnswer, type WireMessage } from '../stratum/wire-laws.js'

/** What a pool has to say to one line. */
export interface Expected {
  /** Undefined: nothing. */
  readonly id: number | string | null | undefined
  /** How the id has to stand in the answer: a number as it was written, everything else by its value. */
  readonly idText: string
  /** The line, where it is a request. */
  readonly request: WireMessage | undefined
}

/** What a client may expect for all that it has sent. */
export interface Expectation {
  /** Of each line that is read, in order. */
  readonly answers: readonly Expected[]
  /** Why the pool closes the connection behind the last of them, if it does. */
  readonly close: 'line-too-long' | 'too-many-errors' | undefined
}

const MAX_LINE_BYTES = 16_384
const MAX_MALFORMED_IN_A_ROW = 10
const MAX_DEPTH = 8
const MAX_SEPARATORS = 256
const MAX_ID_CHARS = 128

/**
 * The protocol's promise, read from the bytes that were sent and from nothing else: written a second time, for tests,
 * with the means that are simplest and not fastest.
 */
export function expectAnswers(sent: Buffer): Expectation {
  const answers: Expected[] = []
  let malformedInARow = 0
  const lines = sent.toString('latin1').split('\n')
  for (const [index, line] of lines.entries()) {
    if (line.length > MAX_LINE_BYTES) return { answers, close: 'line-too-long' }
    const isUnfinished = index === lines.length - 1
    const bytes = Buffer.from(line.replace(/\r$/, ''), 'latin1')
    if (isUnfinished || bytes.length === 0) continue
    const { isMalformed, ...expected } = readLine(bytes)
    answers.push(expected)
    malformedInARow = isMalformed ? malformedInARow + 1 : 0
    if (malformedInARow === MAX_MALFORMED_IN_A_ROW) return { answers, close: 'too-many-errors' }
  }
  return { answers, close: undefined }
}

interface Read extends Expected {
  readonly isMalformed: boolean
}

const malformed = (id: Expected['id'] = null, idText = JSON.stringify(id)): Read => ({
  id,
  idText,
  request: undefined,
  isMalformed: true,
})

function readLine(bytes: Buffer): Read {
  const text = bytes.toString('utf8')
  if (!isUtf8(bytes) || isTooMuch(text)) return malformed()
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return malformed()
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed()
  const { id, method, params, result, error } = ownFields(value)
  const idText = typeof id === 'number' ? numberText(text) : JSON.stringify(id ?? null)
  if (!isId(id) || (typeof id === 'number' && idText.length > MAX_ID_CHARS)) return malformed()
  if (typeof method === 'string') {
    if (params !== undefined && params !== null && !Array.isArray(params))
      return malformed(id ?? null, idText)
    const request = { id, method, params: params ?? [] } as WireMessage
    return { id: wantsAnswer(request) ? id : undefined, idText, request, isMalformed: false }
  }
  const isAnswer = (method === undefined || method === null) && (result !== undefined || error !== undefined)
  if (!isAnswer) return malformed(id ?? null, idText)
  return { id: undefined, idText, request: undefined, isMalformed: false }
}

/** Of the id of an object, which is a number: with every number in quotes the parser leaves it as it is. */
function numberText(text: string): string {
  const quoted = text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  )
  return String(ownFields(JSON.parse(quoted) as object)['id'])
}

/** What the text says, and nothing that every object has. */
function ownFields(value: object): Record<string, unknown> {
  return Object.assign(Object.create(null) as object, Object.fromEntries(Object.entries(value)))
}

function isId(id: unknown): id is Expected['id'] {
  if (id === undefined || id === null) return true
  if (typeof id === 'string') return id.length <= MAX_ID_CHARS
  return typeof id === 'number'
}

/** Of text that is JSON; what is no JSON is malformed in any case. */
function isTooMuch(text: string): boolean {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '')
  let depth = 0
  let deepest = 0
  for (const character of bare) {
    if ('[{'.includes(character)) deepest = Math.max(deepest, ++depth)
    if (']}'.includes(character)) depth--
  }
  return deepest > MAX_DEPTH || bare.replace(/[^,:]/g, '').length > MAX_SEPARATORS
}
