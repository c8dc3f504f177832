/** A node with its wallet. Throws PayoutProblem when it does not answer, RpcError when it says no. */
export interface WalletRpc {
  call<T>(method: string, params?: readonly unknown[]): Promise<T>
}

const SATS_PER_BTC = 100_000_000

/**
 * An amount as a node writes it in JSON, a number of bitcoins: exact, because all there will ever be are fewer satoshis
 * than a double has whole numbers.
 */
export function satsOfNumber(btc: number): bigint {
  return BigInt(Math.round(btc * SATS_PER_BTC))
}
