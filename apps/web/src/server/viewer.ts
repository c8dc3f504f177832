import type { OperatorRole } from '@headframe/db/operator/operator'

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
  /** Under which his changes are recorded: `session 12`, `token 3`. */
  readonly author?: string | undefined
  /** Number of the token that he asks with; undefined when he has signed in. */
  readonly tokenId?: number | undefined
  /** Of his browser; undefined when he asks with a token. */
  readonly sessionId?: number | undefined
}

export interface OperatorViewer {
  readonly kind: 'operator'
  readonly operatorId: string
  /** Under which his actions are recorded. */
  readonly name: string
  readonly role: OperatorRole
  /** When he has shown his second factor last; undefined: he asks with a token, which has none. */
  readonly secondFactorAtMs: number | undefined
  readonly scopes: readonly Scope[]
  /** Number of the token that he asks with; undefined when he has signed in. */
  readonly tokenId?: number | undefined
  /** Of his browser; undefined when he asks with a token. */
  readonly sessionId?: number | undefined
}

/** Who asks, and by what right. */
export type Viewer = Visitor | MinerViewer | OperatorViewer

export const VISITOR: Viewer = { kind: 'visitor' }
