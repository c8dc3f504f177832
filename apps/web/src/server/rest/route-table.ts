import type { AnyRouter } from '@trpc/server'
import { describeProcedures, type Described } from '../api/procedures'
import type { Method, Spec } from '../api/specify'

export interface Route {
  readonly name: string
  readonly spec: Spec
  /** As in the path of the spec, in pieces. */
  readonly pieces: readonly string[]
}

export interface FoundRoute {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/** Which procedure answers a path below /api/v1. */
export class RouteTable {
  readonly #routes: readonly Route[]

  constructor(router: AnyRouter) {
    // Words come before names: `/pool/miners` is no pool called miners.
    this.#routes = describeProcedures(router).flatMap(routeOf).sort(byWords)
  }

  find(method: string, pieces: readonly string[]): FoundRoute | undefined {
    for (const route of this.#routes) {
      if (route.spec.rest.method !== method) continue
      const params = matchPieces(route.pieces, pieces)
      if (params !== undefined) return { route, params }
    }
    return undefined
  }

  /** Methods that the path has; none when there is no such path. */
  methodsOf(pieces: readonly string[]): Method[] {
    const fitting = this.#routes.filter((route) => matchPieces(route.pieces, pieces) !== undefined)
    return fitting.map(({ spec }) => spec.rest.method)
  }
}

function routeOf({ name, spec }: Described): Route[] {
  return spec === undefined ? [] : [{ name, spec, pieces: spec.rest.path.slice(1).split('/') }]
}

function byWords(a: Route, b: Route): number {
  const names = ({ pieces }: Route) => pieces.filter(isName).length
  return names(a) - names(b)
}

const isName = (piece: string): boolean => piece.startsWith('{')

function matchPieces(
  pattern: readonly string[],
  pieces: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== pieces.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, expected] of pattern.entries()) {
    const piece = pieces[index]!
    if (isName(expected)) params[expected.slice(1, -1)] = piece
    else if (expected !== piece) return undefined
  }
  return params
}
