import type { Log } from '../log.js'
import type { RpcClient } from './rpc-client.js'

/** `getmempoolinfo`: all that waits, its size in virtual bytes, its fees in bitcoin (since Bitcoin Core 22). */
interface MempoolInfo {
  readonly bytes: number
  readonly total_fee?: number
}

/** A mempool that is smaller fits into a block, whatever the node reserves there. */
const FITS_BYTES = 950_000
const SATS_PER_BTC = 1e8
const TIMEOUT_MS = 5_000

/** Whether `feesSats` are more than `beforeSats` by the share that is worth new work. */
export function isWorthIt(feesSats: bigint, beforeSats: bigint, risePercent: number): boolean {
  return feesSats > beforeSats && (feesSats - beforeSats) * 100n >= beforeSats * BigInt(risePercent)
}

/**
 * A look at the mempool that costs the node nothing, unlike a template: when what waits could pay enough more to be
 * worth new work, a template is. It is asked for in vain when what came in pays less than what waits already; so the
 * same mempool is not asked about twice.
 */
export class FeeLook {
  readonly #risePercent: number
  readonly #log: Log
  /** Fees of the mempool when the template was new, or when it was last asked about. */
  #baseSats: bigint | undefined

  constructor(risePercent: number, log: Log) {
    this.#risePercent = risePercent
    this.#log = log
  }

  /** There is new work. */
  reset(): void {
    this.#baseSats = undefined
  }

  /** Never throws. `templateFeesSats` are those of the work that miners have. */
  async isDue(rpc: RpcClient, templateFeesSats: bigint): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      const { bytes, total_fee } = await rpc.call<MempoolInfo>('getmempoolinfo', [], signal)
      if (total_fee === undefined) return false
      return this.#isWorthAsking(BigInt(Math.round(total_fee * SATS_PER_BTC)), bytes, templateFeesSats)
    } catch (error) {
      this.#log.debug({ reason: (error as Error).message }, 'the mempool could not be looked at')
      return false
    }
  }

  #isWorthAsking(totalSats: bigint, bytes: number, templateFeesSats: bigint): boolean {
    // Where all of it fits, the template had all there was; otherwise the first look is what others are compared with.
    const baseSats = this.#baseSats ?? (bytes < FITS_BYTES ? templateFeesSats : totalSats)
    const riseSats = totalSats - baseSats
    const isWorth = isWorthIt(templateFeesSats + riseSats, templateFeesSats, this.#risePercent)
    this.#baseSats = isWorth || riseSats < 0n ? totalSats : baseSats
    return isWorth
  }
}
