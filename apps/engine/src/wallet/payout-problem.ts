/** Why a payout does not go on. Each is written down with the batch, or for all payouts, and goes by itself. */
export type PayoutProblemCode =
  /** Of all payouts. */
  | 'node-away'
  | 'node-behind'
  | 'node-on-other-chain'
  | 'wallet-away'
  | 'wallet-rescans'
  | 'unknown-send'
  /** Of a batch. */
  | 'insufficient-funds'
  | 'wallet-locked'
  | 'awaits-signature'
  | 'fee-too-low'
  | 'conflict'
  | 'wallet-refuses'
  | 'payment-differs'

const OF_ALL: readonly PayoutProblemCode[] = [
  'node-away',
  'node-behind',
  'node-on-other-chain',
  'wallet-away',
  'wallet-rescans',
  'unknown-send',
]

/** Nothing is wrong with the books, and nothing was lost: whoever runs next goes on from where this one stopped. */
export class PayoutProblem extends Error {
  override readonly name = 'PayoutProblem'
  readonly code: PayoutProblemCode

  /** `detail`: for an operator, with what to do where there is something. */
  constructor(code: PayoutProblemCode, detail: string) {
    super(detail)
    this.code = code
  }

  /** Whether other batches would fare no better. */
  get isOfAll(): boolean {
    return OF_ALL.includes(this.code)
  }
}
