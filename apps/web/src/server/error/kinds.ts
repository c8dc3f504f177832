import type { TRPCError } from '@trpc/server'

interface ErrorKind {
  readonly trpc: TRPCError['code']
  readonly status: number
  /** The same for every error of the kind: what went wrong. */
  readonly title: string
  /** What whoever called can do about it. */
  readonly action: string
  /** When it is worth to try again, where that is the same for all. */
  readonly retryAfterSeconds?: number
}

/**
 * Every error that the API knows, by its stable code. A code is never given another meaning and never taken away
 * within a version of the API; new ones may come. docs/api.md lists them.
 */
export const ERROR_KINDS = {
  'input-invalid': {
    trpc: 'BAD_REQUEST',
    status: 400,
    title: 'The input is not as it should be.',
    action: 'Mend the fields that `issues` names.',
  },
  'address-invalid': {
    trpc: 'BAD_REQUEST',
    status: 400,
    title: 'This is not an address of the network the pool mines on.',
    action: 'Copy the address once more from your wallet.',
  },
  'token-in-query': {
    trpc: 'BAD_REQUEST',
    status: 400,
    title: 'A token does not belong into an address, because addresses are written into logs.',
    action: 'Send it in the header `Authorization: Bearer`, and revoke this one.',
  },
  'sign-in-needed': {
    trpc: 'UNAUTHORIZED',
    status: 401,
    title: 'This is not for everybody.',
    action: 'Sign in, or send a token in the header `Authorization: Bearer`.',
  },
  'token-invalid': {
    trpc: 'UNAUTHORIZED',
    status: 401,
    title: 'The token is unknown, revoked or expired.',
    action: 'Make another one on your account page.',
  },
  'scope-missing': {
    trpc: 'FORBIDDEN',
    status: 403,
    title: 'What you have does not allow this.',
    action: 'Use a token that was made with the scope that the message names.',
  },
  'session-needed': {
    trpc: 'FORBIDDEN',
    status: 403,
    title: 'No token may do this.',
    action: 'Sign in in a browser and do it there.',
  },
  'second-factor-needed': {
    trpc: 'FORBIDDEN',
    status: 403,
    title: 'This needs a second factor that was shown a moment ago.',
    action: 'Show it on the console, and do it there.',
  },
  'not-allowed': {
    trpc: 'FORBIDDEN',
    status: 403,
    title: 'You may not do this.',
    action: 'Ask whoever runs the pool.',
  },
  'not-found': {
    trpc: 'NOT_FOUND',
    status: 404,
    title: 'There is nothing here.',
    action: 'Check what you asked for.',
  },
  'method-not-allowed': {
    trpc: 'METHOD_NOT_SUPPORTED',
    status: 405,
    title: 'This path takes other methods.',
    action: 'Use a method that the header `Allow` names.',
  },
  conflict: {
    trpc: 'CONFLICT',
    status: 409,
    title: 'What you want does not fit with how things stand.',
    action: 'Read how they stand now, and decide again.',
  },
  'limit-reached': {
    trpc: 'CONFLICT',
    status: 409,
    title: 'There are as many of these as there may be.',
    action: 'Remove one first.',
  },
  'body-too-large': {
    trpc: 'PAYLOAD_TOO_LARGE',
    status: 413,
    title: 'The body is larger than anything the API takes.',
    action: 'Send less.',
  },
  'body-not-json': {
    trpc: 'UNSUPPORTED_MEDIA_TYPE',
    status: 415,
    title: 'The body is not a JSON object.',
    action: 'Send `Content-Type: application/json` and an object.',
  },
  'rate-limited': {
    trpc: 'TOO_MANY_REQUESTS',
    status: 429,
    title: 'Too many calls in too short a time.',
    action: 'Wait for as many seconds as `Retry-After` says.',
  },
  'too-many-streams': {
    trpc: 'TOO_MANY_REQUESTS',
    status: 429,
    title: 'You have as many live streams open as you may have.',
    action: 'Close one, or ask by the clock and try again in a minute.',
    retryAfterSeconds: 60,
  },
  internal: {
    trpc: 'INTERNAL_SERVER_ERROR',
    status: 500,
    title: 'The pool cannot read its records right now.',
    action: 'Try again in a minute.',
  },
  'not-started': {
    trpc: 'PRECONDITION_FAILED',
    status: 503,
    title: 'The pool has not been started yet.',
    action: 'Try again later.',
  },
  'engine-away': {
    trpc: 'SERVICE_UNAVAILABLE',
    status: 503,
    title: 'The engine does not answer.',
    action: 'Look whether serve and Redis run, and try again.',
  },
  'streams-full': {
    trpc: 'SERVICE_UNAVAILABLE',
    status: 503,
    title: 'Too many live streams are open.',
    action: 'Ask by the clock, and try again in a minute.',
    retryAfterSeconds: 60,
  },
} as const satisfies Readonly<Record<string, ErrorKind>>

export type ErrorCode = keyof typeof ERROR_KINDS
export const ERROR_CODES = Object.keys(ERROR_KINDS) as readonly ErrorCode[]

export function errorKind(code: ErrorCode): ErrorKind {
  return ERROR_KINDS[code]
}
