import { equalBytes, hexToBytes } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import { coinbaseOutputs, parseBlock } from '@headframe/core/chain/block'
import type { Network } from '@headframe/core/chain/network'
import type { TransactionOutput } from '@headframe/core/chain/transaction'
import type { UnbookedBlock } from '@headframe/db/block/list-unbooked-blocks'
import type { RpcClient } from '../bitcoind/rpc-client.js'

/** Where the value of a coinbase went. */
export interface PaidCoinbase {
  readonly poolSats: bigint
  /** To miners themselves, by address. */
  readonly directSats: ReadonlyMap<string, bigint>
  /** To all others. */
  readonly donationSats: bigint
}

/** A block of ours whose coinbase pays no script of ours: nothing can be credited from it. */
export class CoinbaseNotOurs extends Error {
  override readonly name = 'CoinbaseNotOurs'
}

/** Verbosity of `getblock`: the block itself, as hex. */
const RAW = 0

/**
 * What the coinbase of a block has really paid, read from the block. On a SOLO port its finder, unless his script is
 * the pool's. Throws CoinbaseNotOurs when it has paid neither.
 */
export async function readCoinbase(
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
  const finderSats = sumOf(others.filter((output) => isOf(finderScripts, output)))
  const poolSats = sumOf(ofPool)
  if (poolSats + finderSats === 0n)
    throw new CoinbaseNotOurs(`the coinbase of block ${hash} pays no address of this pool`)
  const directSats = new Map(finderSats > 0n ? [[finderAddress, finderSats]] : [])
  return { poolSats, directSats, donationSats: sumOf(others) - finderSats }
}

function sumOf(outputs: readonly TransactionOutput[]): bigint {
  return outputs.reduce((sum, { valueSats }) => sum + valueSats, 0n)
}
