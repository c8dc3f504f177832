import {
  endAction,
  startAction,
  type ActionOutcome,
  type ActionValue,
} from '@headframe/db/operator/record-action'
import type { TRPCError } from '@trpc/server'
import type { RequestContext } from '../context'
import { refuse, type ApiError } from '../error/refuse'
import type { OperatorViewer } from '../viewer'
import { ACTIONS, mayDo } from './roles'
import { FRESH_MS, freshUntil } from './session-terms'
import type { ActionSpec } from './specify-action'

/** What an action has to say of what it changes; one that says nothing fails. */
export class Change {
  #before: unknown
  #after: unknown
  #isMade = false

  /** Does it by `run`, between two looks at what it changes. */
  async make<State, T>(read: () => Promise<State>, run: () => Promise<T>): Promise<T> {
    this.#before = await read()
    const result = await run()
    this.#after = await read()
    this.#isMade = true
    return result
  }

  outcome(action: string): ActionOutcome {
    if (!this.#isMade) throw new Error(`the action ${action} has not said what it changes: ctx.change.make`)
    return { before: recordable(this.#before), after: recordable(this.#after) }
  }

  /** Of one that was not done, or not to its end. */
  failure(problem: string): ActionOutcome {
    return { before: recordable(this.#before), problem }
  }
}

type Asker = Pick<RequestContext, 'database' | 'nowMs'> & { readonly viewer: OperatorViewer }

/**
 * Does an action, or refuses it, and writes down either: before it is begun, and when it has ended. What was begun and
 * has no end in the log was cut off.
 */
export async function recordedAction<T extends { readonly ok: boolean; readonly error?: TRPCError }>(
  { database: { pool }, nowMs, viewer }: Asker,
  spec: ActionSpec,
  input: unknown,
  change: Change,
  run: () => Promise<T>,
): Promise<T> {
  const entry = {
    operatorId: Number(viewer.operatorId),
    author: viewer.tokenId === undefined ? viewer.name : `${viewer.name}, by token ${viewer.tokenId}`,
    action: spec.action,
    subject: spec.subject(input),
    input: recordable(spec.recorded === undefined ? input : spec.recorded(input)),
  }
  const id = await startAction(pool, entry, nowMs())
  const refusal = refusalOf(viewer, spec, nowMs())
  if (refusal !== undefined) {
    await endAction(pool, id, { problem: refusal.message }, nowMs())
    throw refusal
  }
  const result = await run()
  await endAction(
    pool,
    id,
    result.ok ? change.outcome(spec.action) : change.failure(result.error!.message),
    nowMs(),
  )
  return result
}

export function refusalOf(
  { role, secondFactorAtMs }: OperatorViewer,
  { action }: Pick<ActionSpec, 'action'>,
  nowMs: number,
): ApiError | undefined {
  const { roles, title, isDangerous } = ACTIONS[action]
  if (!mayDo(role, action)) {
    const message = `"${title}" is for the roles ${roles.join(', ')}; you are ${role}.`
    return refuse('not-allowed', message)
  }
  if (isDangerous && freshUntil(secondFactorAtMs, nowMs) === undefined) {
    const minutes = FRESH_MS / 60_000
    const message = `"${title}" takes a second factor that was shown within ${minutes} minutes, on the console.`
    return refuse('second-factor-needed', message)
  }
  return undefined
}

/** As JSON has it: amounts as text, times as they are, and nothing that is undefined. */
export function recordable(value: unknown): ActionValue | undefined {
  if (value === undefined) return undefined
  const text = JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? String(inner) : inner,
  )
  return JSON.parse(text) as ActionValue
}
