import { SCORE_UNIT } from '@headframe/core/accounting/score'
import { splitReward, splitSolo, type RewardSplit } from '@headframe/core/accounting/split-reward'
import { equalBytes, hexToBytes } from '@headframe/core/bytes'
import { coinbaseOutputs, parseBlock } from '@headframe/core/chain/block'
import type { Network } from '@headframe/core/chain/network'
import { subsidySats } from '@headframe/core/chain/subsidy'
import type { UnbookedBlock } from '@headframe/db/block/list-unbooked-blocks'
import type { Split } from '@headframe/db/block/split'
import type { Database } from '@headframe/db/database'
import { listPoolScripts } from '@headframe/db/pool/list-pool-scripts'
import type { SharePosition } from '@headframe/db/window/share-position'
import { readWindow } from '@headframe/db/window/read-window'
import type { RpcClient } from '../bitcoind/rpc-client.js'

/** What is in force when a block is split. */
export interface PayoutOptions {
  readonly network: Network
  readonly feeBasisPoints: number
  /** Units of the network's expected work for one block. */
  readonly pplnsWindow: number
}

export interface SplitModules {
  readonly db: Database
  readonly rpc: Pick<RpcClient, 'call'>
}

/** A block of ours whose coinbase pays no script of ours: nothing can be credited from it. */
export class CoinbaseNotOurs extends Error {
  override readonly name = 'CoinbaseNotOurs'
}

/** Verbosity of `getblock`: the block itself, as hex. */
const RAW = 0

/**
 * How the reward of a block is cut: what its coinbase really paid the pool, by the window that ends with the winning
 * share, or all but the fee to the finder on a SOLO port. A window without a share pays the finder as well.
 */
export async function splitBlock(
  options: PayoutOptions,
  { db, rpc }: SplitModules,
  block: UnbookedBlock,
  windowEnd: SharePosition,
): Promise<Split> {
  const { network, feeBasisPoints, pplnsWindow } = options
  const coinbaseValueSats = await readCoinbaseValue(rpc, block.hash, await listPoolScripts(db.pool))
  const terms = { coinbaseValueSats, feeBasisPoints }
  const rest = { subsidySats: subsidySats(block.height, network), feeBasisPoints, pplnsWindow }
  if (block.mode === 'pplns') {
    const { scores, total, start } = await readWindow(db.pool, windowEnd, BigInt(pplnsWindow) * SCORE_UNIT)
    if (total > 0n) return { reward: splitReward(terms, scores), windowStart: start, ...rest }
  }
  const reward: RewardSplit = splitSolo(terms, block.finderAddress)
  return { reward, windowStart: undefined, ...rest }
}

/** What the coinbase of a block pays to the given scripts. Throws CoinbaseNotOurs when that is nothing. */
async function readCoinbaseValue(
  rpc: Pick<RpcClient, 'call'>,
  hash: string,
  scripts: readonly Uint8Array[],
): Promise<bigint> {
  const block = parseBlock(hexToBytes(await rpc.call<string>('getblock', [hash, RAW])))
  let valueSats = 0n
  for (const output of coinbaseOutputs(block)) {
    if (scripts.some((script) => equalBytes(script, output.script))) valueSats += output.valueSats
  }
  if (valueSats === 0n)
    throw new CoinbaseNotOurs(`the coinbase of block ${hash} pays no address of this pool`)
  return valueSats
}
