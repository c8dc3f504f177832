import type { Log } from '../log.js'
import type { RpcClient } from './rpc-client.js'

/** `getmempoolinfo`: the fees of all that waits, in bitcoin (since Bitcoin Core 22). */
interface MempoolInfo {
  readonly total_fee?: number
}

const SATS_PER_BTC = 1e8
const TIMEOUT_MS = 5_000

/** Whether `feesSats` are more than `beforeSats` by the share that is worth new work. */
export function isWorthIt(feesSats: bigint, beforeSats: bigint, risePercent: number): boolean {
  return feesSats > beforeSats && (feesSats - beforeSats) * 100n >= beforeSats * BigInt(risePercent)
}

/**
 * A look at the mempool that costs the node nothing, unlike a template: when what came in since the last template pays
 * enough to be worth new work, a template is. It may be asked for in vain when it pays less than what waits already.
 */
export class FeeLook {
  readonly #risePercent: number
  readonly #log: Log
  #baseSats: bigint | undefined

  constructor(risePercent: number, log: Log) {
    this.#risePercent = risePercent
    this.#log = log
  }

  /** A new template has what waits now. */
  reset(): void {
    this.#baseSats = undefined
  }

  /** Never throws; the first look after a reset is what later ones are compared with. */
  async isDue(rpc: RpcClient, templateFeesSats: bigint): Promise<boolean> {
    try {
      const { total_fee } = await rpc.call<MempoolInfo>('getmempoolinfo', [], AbortSignal.timeout(TIMEOUT_MS))
      if (total_fee === undefined) return false
      const totalSats = BigInt(Math.round(total_fee * SATS_PER_BTC))
      if (this.#baseSats === undefined || totalSats < this.#baseSats) this.#baseSats = totalSats
      const couldPaySats = templateFeesSats + totalSats - this.#baseSats
      if (!isWorthIt(couldPaySats, templateFeesSats, this.#risePercent)) return false
      this.#baseSats = totalSats
      return true
    } catch (error) {
      this.#log.debug({ reason: (error as Error).message }, 'the mempool could not be looked at')
      return false
    }
  }
}
