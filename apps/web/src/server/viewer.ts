/** What can be allowed. A session has all scopes of its kind; a token has those that it was made with. */
export const SCOPES = ['own:read', 'own:write', 'operator:read', 'operator:write'] as const
export type Scope = (typeof SCOPES)[number]
export type OwnScope = Extract<Scope, `own:${string}`>
export type OperatorScope = Extract<Scope, `operator:${string}`>

interface Visitor {
  readonly kind: 'visitor'
}

/** Who has proven that an address is his. */
export interface MinerViewer {
  readonly kind: 'miner'
  readonly minerId: number
  readonly address: string
  readonly scopes: readonly Scope[]
}

export interface OperatorViewer {
  readonly kind: 'operator'
  readonly operatorId: string
  /** Under which his actions are recorded. */
  readonly name: string
  readonly scopes: readonly Scope[]
}

/** Who asks, and by what right. */
export type Viewer = Visitor | MinerViewer | OperatorViewer

export const VISITOR: Viewer = { kind: 'visitor' }
