import type { AnyRouter } from '@trpc/server'
import type { Spec } from './specify'

/** A procedure as it is called by name, and all that is said of it. */
export interface Described {
  /** `noun.verb`. */
  readonly name: string
  readonly type: 'query' | 'mutation' | 'subscription'
  /** Undefined when somebody made it without one; a test forbids that. */
  readonly spec: Spec | undefined
}

/** Every procedure of a router, in the order in which it names them. */
export function describeProcedures(router: AnyRouter): Described[] {
  const procedures = router._def.procedures as Record<
    string,
    { readonly _def: { readonly type: Described['type']; readonly meta?: unknown } }
  >
  return Object.entries(procedures).map(([name, { _def }]) => ({
    name,
    type: _def.type,
    spec: _def.meta as Spec | undefined,
  }))
}
