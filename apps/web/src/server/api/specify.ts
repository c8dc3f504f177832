import type { z } from 'zod'
import type { ErrorCode } from '../error/kinds'
import type { Scope } from '../viewer'

/** Who may call: anybody, or whoever has this scope. */
export type Access = 'anybody' | Scope

/**
 * What a call costs the pool, and so how often one may make it: `read` looks up rows, `expensive` sums or checks much,
 * `write` changes something, `proof` works on what a stranger sent.
 */
export const COSTS = ['read', 'expensive', 'write', 'proof'] as const
export type Cost = (typeof COSTS)[number]

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export type Method = (typeof METHODS)[number]

/**
 * All that there is to say of a procedure besides what it does. It stands in `<verb>.schema.ts` beside `<verb>.ts`, and
 * tRPC, the REST API, its OpenAPI document and the reference page are all made from it.
 */
export interface Spec<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Allowed extends Access = Access,
> {
  /** A few words, as the heading of the reference has them. */
  readonly summary: string
  /** What else one has to know, in sentences. */
  readonly description?: string
  /**
   * Below /api/v1, with `{name}` where the input's `name` stands. GET is a query: the rest of the input stands in the
   * query string, so it is flat. With another method it is a mutation: the rest is a JSON object in the body.
   */
  readonly rest: { readonly method: Method; readonly path: `/${string}` }
  readonly access: Allowed
  readonly cost: Cost
  /** Each field with a description or a name that says all; `z.void()` when there is none. */
  readonly input: Input
  /** What is not declared here never leaves the server. A stream declares one of its events. */
  readonly output: Output
  /** Why there is none, in a sentence, when the answer is null: REST says 404 then. */
  readonly absent?: string
  /** What else may go wrong, besides what may with any call of its kind. */
  readonly errors?: readonly ErrorCode[]
  /** Answers with events, one after the other, and not at once. */
  readonly streams?: true
  /** Answers each caller differently though anybody may call: no cache on the way may keep it. */
  readonly isPersonal?: true
  /** Values of the input that the reference's example calls with, as texts. */
  readonly example?: Readonly<Record<string, string>>
}

/** Writes a spec with its exact types. */
export function specify<Input extends z.ZodType, Output extends z.ZodType, const Allowed extends Access>(
  spec: Spec<Input, Output, Allowed>,
): Spec<Input, Output, Allowed> {
  return spec
}
