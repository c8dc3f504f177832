/**
 * What an operator may ask of whoever has the wallet. `retry`: look at once at what does not go on; `reconcile`: hold
 * the wallet against the books and the payouts; `import`: take a signed PSBT.
 */
export type RequestKind = 'retry' | 'reconcile' | 'import'

/** Within this time somebody has to take a request; after it nobody does any more. */
export const TAKEN_WITHIN_MS = 30_000
/** So long after it was asked a request is taken once more whose taker has ended over it. */
export const ANSWERED_WITHIN_MS = 300_000
/** Takers who may end over one request. */
export const MAX_TAKES = 3
/** Requests that wait at a time. */
export const MAX_WAITING = 8
/** Of a signed PSBT, in base64: 500 payees, and the whole transactions that their coins come from. */
export const MAX_PSBT_CHARS = 2_000_000

export type RequestStanding = 'asked' | 'taken' | 'done' | 'refused' | 'unanswered'

/** What differs, and what to do about it. */
export interface Finding {
  /** Of which thing, such as `payout 7` or the id of a transaction. */
  readonly subject: string
  readonly differs: string
  readonly toDo: string
  /** A transaction that somebody has to declare. */
  readonly txid?: string | undefined
}

/** The wallet against the books and the payouts. */
export interface Reconciliation {
  readonly walletSats: bigint
  readonly booksSats: bigint
  /** Sent, or about to be, and not out of the books yet. */
  readonly onTheirWaySats: bigint
  /** Whether all that blocks have paid to is this wallet's: else the books have coins that it has not. */
  readonly isWhole: boolean
  /** The first of them. */
  readonly findings: readonly Finding[]
  /** Of all. */
  readonly findingCount: number
}

/** What became of a request, in words; one that was refused changed nothing. */
export interface RequestAnswer {
  readonly text: string
  readonly reconciliation?: Reconciliation | undefined
}

/** How a request stands at a time: what nobody took, or took and never answered, stays so. */
export function standingOfRequest(
  {
    state,
    askedAtMs,
  }: { readonly state: Exclude<RequestStanding, 'unanswered'>; readonly askedAtMs: number },
  nowMs: number,
): RequestStanding {
  const patienceMs = state === 'asked' ? TAKEN_WITHIN_MS : ANSWERED_WITHIN_MS
  const isOpen = state === 'asked' || state === 'taken'
  return isOpen && nowMs - askedAtMs >= patienceMs ? 'unanswered' : state
}
