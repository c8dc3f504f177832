import { SCORE_UNIT } from '@headframe/core/accounting/score'
import { splitPaid, splitReward, splitSolo, type RewardSplit } from '@headframe/core/accounting/split-reward'
import { equalBytes, hexToBytes } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import { coinbaseOutputs, parseBlock } from '@headframe/core/chain/block'
import type { Network } from '@headframe/core/chain/network'
import { subsidySats } from '@headframe/core/chain/subsidy'
import type { TransactionOutput } from '@headframe/core/chain/transaction'
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
 * How the reward of a block is cut, from what its coinbase really paid. What it paid the pool is cut by the window that
 * ends with the winning share; one without a share pays all but the fee to the finder. On a SOLO port the coinbase has
 * paid the finder: what it paid the pool is the fee. If it has not, because it is of before, the pool owes him.
 */
export async function splitBlock(
  options: PayoutOptions,
  { db, rpc }: SplitModules,
  block: UnbookedBlock,
  windowEnd: SharePosition,
): Promise<Split> {
  const { network, feeBasisPoints, pplnsWindow } = options
  const paid = await readCoinbase(rpc, block, network, await listPoolScripts(db.pool))
  const terms = { coinbaseValueSats: paid.poolSats, feeBasisPoints }
  const { finderSats, donationSats } = paid
  const rest = { subsidySats: subsidySats(block.height, network), donationSats, feeBasisPoints, pplnsWindow }
  if (finderSats > 0n) {
    const reward = splitPaid(paid.poolSats, finderSats, block.finderAddress)
    return { reward, windowStart: undefined, ...rest }
  }
  if (block.mode === 'pplns') {
    const { scores, total, start } = await readWindow(db.pool, windowEnd, BigInt(pplnsWindow) * SCORE_UNIT)
    if (total > 0n) return { reward: splitReward(terms, scores), windowStart: start, ...rest }
  }
  const reward: RewardSplit = splitSolo(terms, block.finderAddress)
  return { reward, windowStart: undefined, ...rest }
}

/** Where the value of a coinbase went. */
interface PaidCoinbase {
  readonly poolSats: bigint
  /** To the finder on a SOLO port, unless his script is the pool's. */
  readonly finderSats: bigint
  readonly donationSats: bigint
}

/** Throws CoinbaseNotOurs when the coinbase has paid neither. */
async function readCoinbase(
  rpc: Pick<RpcClient, 'call'>,
  { hash, mode, finderAddress }: UnbookedBlock,
  network: Network,
  poolScripts: readonly Uint8Array[],
): Promise<PaidCoinbase> {
  const outputs = coinbaseOutputs(parseBlock(hexToBytes(await rpc.call<string>('getblock', [hash, RAW]))))
  const finder = parseAddress(finderAddress, network)
  const finderScripts = mode === 'solo' && finder.ok ? [finder.script] : []
  const isOf = (scripts: readonly Uint8Array[], { script }: TransactionOutput): boolean =>
    scripts.some((one) => equalBytes(one, script))
  const ofPool = outputs.filter((output) => isOf(poolScripts, output))
  const others = outputs.filter((output) => !isOf(poolScripts, output))
  const ofFinder = others.filter((output) => isOf(finderScripts, output))
  const [poolSats, finderSats] = [sumOf(ofPool), sumOf(ofFinder)]
  if (poolSats + finderSats === 0n)
    throw new CoinbaseNotOurs(`the coinbase of block ${hash} pays no address of this pool`)
  return { poolSats, finderSats, donationSats: sumOf(others) - finderSats }
}

function sumOf(outputs: readonly TransactionOutput[]): bigint {
  return outputs.reduce((sum, { valueSats }) => sum + valueSats, 0n)
}
