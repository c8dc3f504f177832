/**
 * What the console asks of the stratum processes over Redis, and what each of them answers. Sessions are not published:
 * there may be a hundred thousand, and mostly nobody looks. A question goes to all processes, which answer with a page.
 */
export type SessionQuestion = SessionLook | SessionFind | SessionCut

export interface SessionLook {
  readonly kind: 'look'
  /** Under which the answers are put down. */
  readonly id: string
  /** What stands in an address, a worker's name, a client's or an IP address, in whatever case; empty: all. */
  readonly search: string
  /** Of this payout address alone. */
  readonly address?: string | undefined
  readonly port?: number | undefined
  readonly order: SessionOrder
  /** Only what comes behind this one. */
  readonly after?: SessionPlace | undefined
  readonly limit: number
}

/** Tells of one connection. */
export interface SessionFind {
  readonly kind: 'find'
  readonly id: string
  readonly connection: string
}

/** Ends one connection. */
export interface SessionCut {
  readonly kind: 'cut'
  readonly id: string
  readonly connection: string
}

/** `newest`: connected last. `quiet`: without a share for longest. `rejects`: with the most of them. */
export const SESSION_ORDERS = ['newest', 'quiet', 'rejects'] as const
export type SessionOrder = (typeof SESSION_ORDERS)[number]

/** Where a session stands in an order: by the number, the smallest first, then by the name of its connection. */
export interface SessionPlace {
  readonly rank: number
  readonly connection: string
}

export interface SessionAnswer {
  /** Whose sessions these are. */
  readonly writerId: string
  /** Sessions it has open. */
  readonly total: number
  /** Those that were asked for, on this page or not. */
  readonly matching: number
  /** In the order that was asked for, at most as many as the question wants. */
  readonly sessions: readonly LiveSession[]
  /** Of a cut: whether it was there. */
  readonly isCut?: boolean | undefined
}

/** A connection of a miner as its process has it. */
export interface LiveSession {
  /** Its name, in the pool's log and nowhere else. */
  readonly connection: string
  readonly connectedAtMs: number
  readonly remoteAddress: string
  readonly port: number
  readonly tls: boolean
  readonly mode: string
  /** The first of those it has authorized; empty while it is connecting. */
  readonly workers: readonly { readonly address: string; readonly workerName: string }[]
  readonly workerCount: number
  readonly userAgent: string
  readonly profile: string
  /** 0 before its first job. */
  readonly difficulty: number
  readonly versionMask: number
  readonly shares: number
  readonly rejects: number
  readonly lastShareAtMs?: number | undefined
}

/** Sessions that one question may ask a process for. */
export const MAX_SESSIONS_PER_ANSWER = 101
/** So long an answer waits for whoever has asked. */
export const ANSWER_EXPIRES_MS = 10_000

export function placeOf(session: LiveSession, order: SessionOrder): SessionPlace {
  return { rank: RANKS[order](session), connection: session.connection }
}

export function isBefore(one: SessionPlace, other: SessionPlace): boolean {
  return one.rank === other.rank ? one.connection < other.connection : one.rank < other.rank
}

/** What of a session an order is about. */
type Ranked = Pick<LiveSession, 'connectedAtMs' | 'lastShareAtMs' | 'rejects'>

const RANKS: Readonly<Record<SessionOrder, (session: Ranked) => number>> = {
  newest: ({ connectedAtMs }) => -connectedAtMs,
  quiet: ({ lastShareAtMs, connectedAtMs }) => lastShareAtMs ?? connectedAtMs,
  rejects: ({ rejects }) => -rejects,
}

export const rankOf = (session: Ranked, order: SessionOrder): number => RANKS[order](session)
