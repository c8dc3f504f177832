import { initTRPC } from '@trpc/server'
import superjson from 'superjson'
import type { z } from 'zod'
import type { Spec } from './api/specify'
import type { RequestContext } from './context'
import { refuse, type ApiError } from './error/refuse'
import { tellError } from './error/tell'
import { Change, recordedAction, refusalOf } from './operators/recorded-action'
import type { ActionSpec } from './operators/specify-action'
import { rememberEach } from './remember'
import { serialize } from './serialize'
import type { MinerViewer, OperatorScope, OperatorViewer, OwnScope, Viewer } from './viewer'

const PING_INTERVAL_MS = 10_000
/** A page that has heard nothing for this long takes the stream for broken and opens another. */
const SILENCE_MS = 30_000

const t = initTRPC
  .context<RequestContext>()
  .meta<Spec>()
  .create({
    transformer: { serialize: rememberEach(serialize), deserialize: superjson.deserialize },
    sse: {
      ping: { enabled: true, intervalMs: PING_INTERVAL_MS },
      client: { reconnectAfterInactivityMs: SILENCE_MS },
    },
    // Never, whatever the environment says: a stack is for our log.
    isDev: false,
    errorFormatter({ shape, error }) {
      const { message, ...told } = tellError(error)
      return { ...shape, message, data: { ...shape.data, ...told } }
    },
  })

export const router = t.router

/** Anybody may call it. */
export function procedure<Input extends z.ZodType, Output extends z.ZodType>(
  spec: Spec<Input, Output, 'anybody'>,
) {
  return counted(spec).input(spec.input).output(checked(spec))
}

/** As `procedure`, for a stream: its events are typed by the spec, one by one. */
export function streamProcedure<Input extends z.ZodType, Output extends z.ZodType>(
  spec: Spec<Input, Output, 'anybody'>,
) {
  return counted(spec).input(spec.input)
}

/**
 * Only whoever has proven an address, and only for himself: what is asked is about `ctx.viewer`, never about an address
 * in the input.
 */
export function ownProcedure<Input extends z.ZodType, Output extends z.ZodType>(
  spec: Spec<Input, Output, OwnScope>,
) {
  return counted(spec)
    .use(({ ctx, next }) => next({ ctx: { ...ctx, viewer: requireMiner(ctx.viewer, spec.access) } }))
    .input(spec.input)
    .output(checked(spec))
}

export function operatorProcedure<Input extends z.ZodType, Output extends z.ZodType>(
  spec: Spec<Input, Output, OperatorScope>,
) {
  return counted(spec)
    .use(({ ctx, next }) => next({ ctx: { ...ctx, viewer: requireOperator(ctx.viewer, spec.access) } }))
    .input(spec.input)
    .output(checked(spec))
}

/** Nothing goes out that the spec does not name. An answer that many share is looked at once. */
function checked<Output extends z.ZodType>({ output }: { readonly output: Output }) {
  return rememberEach((value): z.output<Output> => output.parse(value))
}

/** Every call counts, also one that is refused for another reason. */
function counted(spec: Spec) {
  return t.procedure.meta(spec).use(async ({ ctx, next }) => {
    await ctx.meter?.take(ctx.viewer, spec.cost)
    return next()
  })
}

/**
 * Whatever changes something on the console: by whom, by what role and with what second factor is in
 * `operators/roles.ts`, and all of it is in the audit log. The handler makes its change by `ctx.change.make`.
 */
export function actionProcedure<Input extends z.ZodType, Output extends z.ZodType>(
  spec: ActionSpec<Input, Output>,
) {
  return counted(spec as unknown as Spec)
    .use(({ ctx, next }) => next({ ctx: { ...ctx, viewer: requireOperator(ctx.viewer, spec.access) } }))
    .use(async ({ ctx, getRawInput, next }) => {
      const change = new Change()
      const withChange = { ctx: { ...ctx, change } }
      const parsed = spec.input.safeParse(await getRawInput())
      if (!parsed.success) {
        const refusal = refusalOf(ctx.viewer, spec, ctx.nowMs())
        if (refusal !== undefined) throw refusal
        // It fails by itself, before anything is done.
        return next(withChange)
      }
      return recordedAction(ctx, spec as unknown as ActionSpec, parsed.data, change, () => next(withChange))
    })
    .input(spec.input)
    .output(checked(spec))
}

export const callerFactory = t.createCallerFactory

function requireMiner(viewer: Viewer, scope: OwnScope): MinerViewer {
  if (viewer.kind !== 'miner') throw refuse('sign-in-needed', 'Prove first that the address is yours.')
  if (!viewer.scopes.includes(scope)) throw lacking(scope)
  return viewer
}

function requireOperator(viewer: Viewer, scope: OperatorScope): OperatorViewer {
  if (viewer.kind !== 'operator') throw refuse('sign-in-needed', 'Sign in as an operator first.')
  if (!viewer.scopes.includes(scope)) throw lacking(scope)
  return viewer
}

function lacking(scope: OwnScope | OperatorScope): ApiError {
  return refuse('scope-missing', `This needs the scope ${scope}, which you do not have.`)
}
