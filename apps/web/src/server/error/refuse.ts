import { TRPCError } from '@trpc/server'
import { errorKind, type ErrorCode } from './kinds'

/** An error of the API with its stable code. */
export class ApiError extends TRPCError {
  readonly reason: ErrorCode

  constructor(reason: ErrorCode, message: string) {
    super({ code: errorKind(reason).trpc, message })
    this.reason = reason
  }
}

/** `throw refuse('not-found', 'The pool has no ...')`; the message is a sentence for whoever called. */
export function refuse(reason: ErrorCode, message: string = errorKind(reason).title): ApiError {
  return new ApiError(reason, message)
}
