/** What can be wrong with a public log. */
export type FaultCode =
  /** A document or a file is missing, unreadable, or not what its place says. */
  | 'document'
  /** An epoch does not go on where the one before ended. */
  | 'epoch-chain'
  /** A document is not signed by the pool's key. */
  | 'signature'
  /** The bytes of a segment are not those that the epoch names. */
  | 'segment-hash'
  /** A segment is no segment, or its count, work or root are not those of its shares. */
  | 'segment-content'
  /** A segment does not go on where its writer's one before ended. */
  | 'segment-chain'
  /** A share's hash is above the target that it is credited for. */
  | 'share-work'
  /** A share is there twice. */
  | 'share-duplicate'
  /** A share is credited for another difficulty than others of its search space. */
  | 'share-difficulty'
  /** A share's job contradicts another one of the same tip, or cannot be hashed. */
  | 'share-job'
  /** A share comes so late that it cannot be told from a duplicate any more. */
  | 'share-late'
  /** A block's header, coinbase or their connection is wrong. */
  | 'block'
  /** A block's window is not the one that its shares make up. */
  | 'window'
  /** The scores of a split are not those of the window. */
  | 'score'
  /** An amount, a fee or a sum does not come out. */
  | 'amount'
  /** The lines of a split are not those that were signed. */
  | 'payout-root'
  /** FPPS credits do not go on where those before ended. */
  | 'fpps'
  /** A payout's transaction does not pay what it is said to pay. */
  | 'payout'

export interface Fault {
  readonly code: FaultCode
  /** Epoch, position, share or block. */
  readonly where: string
  readonly what: string
}

/** Faults that are kept and shown; all are counted. */
export const MAX_KEPT_FAULTS = 100

/** What was found wrong, in the order in which it was found. */
export class FaultList {
  readonly kept: Fault[] = []
  #count = 0

  get count(): number {
    return this.#count
  }

  add(code: FaultCode, where: string, what: string): void {
    this.#count++
    if (this.kept.length < MAX_KEPT_FAULTS) this.kept.push({ code, where, what })
  }
}
