import { bytesToHex, equalBytes, hexToBytes } from '@headframe/core/bytes'
import { addressOfScript, parseAddress } from '@headframe/core/chain/address'
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
 * What the coinbase of a block has really paid, read from the block. Throws CoinbaseNotOurs when it has paid nobody of
 * the pool.
 */
export async function readCoinbase(
  rpc: Pick<RpcClient, 'call'>,
  block: UnbookedBlock,
  network: Network,
  poolScripts: readonly Uint8Array[],
): Promise<PaidCoinbase> {
  const { hash, paidWindow } = block
  const outputs = coinbaseOutputs(parseBlock(hexToBytes(await rpc.call<string>('getblock', [hash, RAW]))))
  const paid =
    paidWindow === undefined
      ? readByScript(outputs, block, network, poolScripts)
      : readByPlace(outputs, paidWindow.ownOutputs, network, poolScripts)
  if (paid === undefined)
    throw new CoinbaseNotOurs(`the coinbase of block ${hash} pays no address of this pool`)
  return paid
}

/** One that pays the window's miners: the pool, the parts of others, and behind them the miners. */
function readByPlace(
  outputs: readonly TransactionOutput[],
  ownOutputs: number,
  network: Network,
  poolScripts: readonly Uint8Array[],
): PaidCoinbase | undefined {
  const [ofPool, ...others] = outputs.slice(0, ownOutputs)
  if (ofPool === undefined || !poolScripts.some((one) => equalBytes(one, ofPool.script))) return undefined
  const directSats = new Map<string, bigint>()
  for (const { script, valueSats } of outputs.slice(ownOutputs)) {
    // The witness commitment.
    if (valueSats === 0n) continue
    const address = addressOfScript(script, network) ?? bytesToHex(script)
    directSats.set(address, (directSats.get(address) ?? 0n) + valueSats)
  }
  return { poolSats: ofPool.valueSats, directSats, donationSats: sumOf(others) }
}

/** One that pays the pool, or on a SOLO port its finder, unless his script is the pool's. */
function readByScript(
  outputs: readonly TransactionOutput[],
  { mode, finderAddress }: UnbookedBlock,
  network: Network,
  poolScripts: readonly Uint8Array[],
): PaidCoinbase | undefined {
  const finder = parseAddress(finderAddress, network)
  const finderScripts = mode === 'solo' && finder.ok ? [finder.script] : []
  const isOf = (scripts: readonly Uint8Array[], { script }: TransactionOutput): boolean =>
    scripts.some((one) => equalBytes(one, script))
  const ofPool = outputs.filter((output) => isOf(poolScripts, output))
  const others = outputs.filter((output) => !isOf(poolScripts, output))
  const finderSats = sumOf(others.filter((output) => isOf(finderScripts, output)))
  const poolSats = sumOf(ofPool)
  if (poolSats + finderSats === 0n) return undefined
  const directSats = new Map(finderSats > 0n ? [[finderAddress, finderSats]] : [])
  return { poolSats, directSats, donationSats: sumOf(others) - finderSats }
}

function sumOf(outputs: readonly TransactionOutput[]): bigint {
  return outputs.reduce((sum, { valueSats }) => sum + valueSats, 0n)
}
