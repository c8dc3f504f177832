import { TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { ERROR_CODES, errorKind, type ErrorCode } from './kinds'
import { ApiError } from './refuse'

/** What whoever called is told of an error, and nothing else. */
export interface ToldError {
  readonly reason: ErrorCode
  /** A sentence. */
  readonly message: string
  /** What to do. */
  readonly action: string
  /** What is wrong with the input, by field. */
  readonly issues?: readonly { readonly field: string; readonly message: string }[]
}

/** More would tell nobody more. */
const MAX_ISSUES = 20

export function tellError(error: TRPCError): ToldError {
  const reason = reasonOf(error)
  const { title, action } = errorKind(reason)
  // What broke inside is for our log; whoever called gets words that help him.
  if (reason === 'internal') return { reason, message: title, action }
  if (!(error.cause instanceof ZodError)) return { reason, message: error.message, action }
  const issues = error.cause.issues
    .slice(0, MAX_ISSUES)
    .map(({ path, message }) => ({ field: path.join('.'), message }))
  const message = issues.map((issue) => `${issue.field || 'the input'}: ${issue.message}`).join('; ')
  return { reason, message, action, issues }
}

/** Errors that tRPC makes itself have no code of ours, but one that leads to it. */
function reasonOf(error: TRPCError): ErrorCode {
  if (error instanceof ApiError) return error.reason
  return REASONS.get(error.code) ?? 'internal'
}

/** The first kind of each code of tRPC stands for all of them. */
const REASONS = new Map([...ERROR_CODES].reverse().map((code) => [errorKind(code).trpc, code] as const))
REASONS.set('FORBIDDEN', 'not-allowed')
REASONS.set('PARSE_ERROR', 'input-invalid')
