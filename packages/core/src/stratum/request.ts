/** A number that a double would give back as another text, or not at all: the text. */
export interface NumberText {
  readonly numberText: string
}

/** An id as the peer wrote it, to be echoed. */
export type RequestId = number | NumberText | string | null

/** A call or, when `id` is undefined, a notification that wants no answer. */
export interface Request {
  readonly kind: 'request'
  readonly id: RequestId | undefined
  readonly method: string
  readonly params: readonly unknown[]
}

/** An answer to something we asked, such as `mining.ping` or `client.get_version`. */
export interface Response {
  readonly kind: 'response'
  /** What it is worth: ours, if it is the answer to something we asked. */
  readonly id: number | string | null
  readonly result: unknown
  readonly error: unknown
}

export type MalformedReason =
  | 'not-utf8'
  | 'too-deep'
  | 'too-many-values'
  | 'not-json'
  | 'not-an-object'
  | 'bad-id'
  | 'bad-method'
  | 'params-not-an-array'

/** A line that is neither; `id` is there when it could be read, so that the answer can be matched. */
export interface MalformedMessage {
  readonly kind: 'malformed'
  readonly reason: MalformedReason
  readonly id: RequestId | undefined
}

export type Message = Request | Response | MalformedMessage

/** What to tell the peer about a malformed line. */
export const MALFORMED_TEXT: Readonly<Record<MalformedReason, string>> = {
  'not-utf8': 'The line is not valid UTF-8',
  'too-deep': 'The message is nested too deeply',
  'too-many-values': 'The message has too many values',
  'not-json': 'The line is not valid JSON',
  'not-an-object': 'A message must be a JSON object',
  'bad-id': 'id must be null, or a string or number of at most 128 characters',
  'bad-method': 'method must be a string',
  'params-not-an-array': 'params must be an array: named parameters are not part of Stratum v1',
}
