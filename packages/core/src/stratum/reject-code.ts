import type { RejectReason } from '../share/share.js'

/** The `error` of an answer: code, text and no traceback. The codes are those of Stratum v1. */
export type StratumError = readonly [code: number, text: string, traceback: null]

export const ERROR_OTHER = 20
export const ERROR_JOB_NOT_FOUND = 21
export const ERROR_DUPLICATE_SHARE = 22
export const ERROR_LOW_DIFFICULTY = 23
export const ERROR_UNAUTHORIZED = 24
export const ERROR_NOT_SUBSCRIBED = 25

/** What a miner is told. The first words are those that miners and rental sites look for. */
const ERRORS: Readonly<Record<RejectReason, StratumError>> = {
  'job-not-found': [ERROR_JOB_NOT_FOUND, 'Job not found: unknown, or too old to be kept', null],
  'stale-share': [ERROR_JOB_NOT_FOUND, 'Stale share: a new block has arrived since its job', null],
  'late-share': [
    ERROR_JOB_NOT_FOUND,
    'Stale share: it came just after a new block, and this pool does not pay for that',
    null,
  ],
  'duplicate-share': [ERROR_DUPLICATE_SHARE, 'Duplicate share', null],
  'difficulty-too-low': [
    ERROR_LOW_DIFFICULTY,
    'Low difficulty share: its hash is above the target of its job',
    null,
  ],
  'bad-extranonce-size': [
    ERROR_OTHER,
    'Wrong extranonce2 size: mining.subscribe was answered with another',
    null,
  ],
  'bad-ntime': [ERROR_OTHER, 'ntime out of range: older than the job allows, or too far in the future', null],
  'bad-version-bits': [
    ERROR_OTHER,
    'Version bits outside the mask that was agreed with mining.configure',
    null,
  ],
  'unauthorized-worker': [ERROR_UNAUTHORIZED, 'Unauthorized worker: call mining.authorize first', null],
  'not-subscribed': [ERROR_NOT_SUBSCRIBED, 'Not subscribed: call mining.subscribe first', null],
  malformed: [ERROR_OTHER, 'Malformed submit', null],
  'pool-busy': [ERROR_OTHER, 'The pool is busy and did not take the share: submit more slowly', null],
}

/** The error of a rejected submission. */
export function errorOfReason(reason: RejectReason): StratumError {
  return ERRORS[reason]
}

/** An error of code 20, for whatever has no code of its own. */
export function otherError(text: string): StratumError {
  return [ERROR_OTHER, text, null]
}
