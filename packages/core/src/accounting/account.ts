/** Names of the ledger's accounts: assets are positive, what the pool owes and what it earned are negative. */

/** Coinbases that cannot be spent yet. */
export const COINBASE_IMMATURE = 'asset:coinbase_immature'
/** Coins the pool can spend. */
export const WALLET = 'asset:wallet'
/** What the pool kept as its fee. */
export const FEE_INCOME = 'equity:fee_income'

/** What FPPS shares were paid (positive) and the blocks they found have brought (negative); the fee stays in it. */
export const FPPS_RESERVE = 'equity:fpps_reserve'

/** What the network took for the pool's own transactions, and the pool bore. */
export const NETWORK_FEE = 'expense:network_fee'

/** What the operator himself has put into the pool (negative) or taken out of it, beyond the fee. */
export const OPERATOR = 'equity:operator'
/** Coins that the pool has and does not know whose they are. */
export const SUSPENSE = 'liability:suspense'

/** `immature`: of blocks that may still go stale. `available`: payable. `locked`: in a payout under way. */
export type MinerAccountPart = 'immature' | 'available' | 'locked'

export function minerAccount(address: string, part: MinerAccountPart): string {
  return `liability:miner:${address}:${part}`
}
