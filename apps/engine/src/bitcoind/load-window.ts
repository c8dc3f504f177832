import type { ChainWindow } from '@headframe/core/chain/chain-window'
import { displayHash, parseDisplayHash } from '@headframe/core/chain/header'
import { MEDIAN_TIME_BLOCKS } from '@headframe/core/chain/median-time-past'
import { NETWORKS, type Network } from '@headframe/core/chain/network'
import { nbitsOfTarget } from '@headframe/core/chain/target'
import { getHeader, type ChainHeader } from './get-header.js'
import type { RpcClient } from './rpc-client.js'

/**
 * Asks a node for the header window of `tip` (display order): a dozen calls; on test networks up to a period's length
 * where one block after the other was as easy as can be. Undefined when the node has moved to another chain meanwhile:
 * nothing is guessed. Throws as `RpcClient.call` does.
 */
export async function loadWindow(
  rpc: RpcClient,
  network: Network,
  tip: string,
  signal?: AbortSignal,
): Promise<ChainWindow | undefined> {
  const headers = await headersBack(rpc, tip, MEDIAN_TIME_BLOCKS, signal)
  const last = headers[0]!
  const { retargetIntervalBlocks } = NETWORKS[network]
  const startHeight = last.height - (last.height % retargetIntervalBlocks)
  const start = await getHeader(rpc, await rpc.call<string>('getblockhash', [startHeight], signal), signal)
  const window = {
    network,
    hash: parseDisplayHash(tip),
    height: last.height,
    chainwork: last.chainwork,
    ntimes: headers.map(({ header }) => header.ntime).reverse(),
    nbits: last.header.nbits,
    periodStart: { ntime: start.header.ntime, nbits: start.header.nbits },
    ordinaryNbits: await ordinaryNbits(rpc, network, last, signal),
  }
  // The start was asked for by its height, so it is this chain's only if the tip is still on the best one.
  return (await getHeader(rpc, tip, signal)).isOnBestChain ? window : undefined
}

/** The tip first, then what is behind it, at most `count` headers in all. */
async function headersBack(
  rpc: RpcClient,
  tip: string,
  count: number,
  signal: AbortSignal | undefined,
): Promise<ChainHeader[]> {
  const headers = [await getHeader(rpc, tip, signal)]
  while (headers.length < count && headers.at(-1)!.height > 0) {
    headers.push(await getHeader(rpc, displayHash(headers.at(-1)!.header.prevHash), signal))
  }
  return headers
}

/** As Bitcoin Core walks back (`pow.cpp` GetNextWorkRequired). Elsewhere nobody asks for it. */
async function ordinaryNbits(
  rpc: RpcClient,
  network: Network,
  tip: ChainHeader,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { difficultyRule, powLimit, retargetIntervalBlocks } = NETWORKS[network]
  let block = tip
  if (difficultyRule !== 'min-difficulty' && difficultyRule !== 'bip94') return block.header.nbits
  const easiest = nbitsOfTarget(powLimit)
  while (block.header.nbits === easiest && block.height % retargetIntervalBlocks !== 0) {
    block = await getHeader(rpc, displayHash(block.header.prevHash), signal)
  }
  return block.header.nbits
}
