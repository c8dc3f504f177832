import { parseDisplayHash, type BlockHeader } from '@headframe/core/chain/header'
import type { RpcClient } from './rpc-client.js'

/** `getblockheader` (Bitcoin Core `src/rpc/blockchain.cpp`), as far as the pool reads it. */
interface HeaderJson {
  readonly hash: string
  /** -1 for a block that is not on the node's best chain. */
  readonly confirmations: number
  readonly height: number
  readonly version: number
  readonly merkleroot: string
  readonly time: number
  readonly nonce: number
  readonly bits: string
  readonly chainwork: string
  /** Missing for the first block of a chain. */
  readonly previousblockhash?: string
}

export interface ChainHeader {
  readonly header: BlockHeader
  /** Display order. */
  readonly hash: string
  readonly height: number
  readonly chainwork: bigint
  readonly isOnBestChain: boolean
  /** The last block of the node's best chain. */
  readonly isTip: boolean
}

const NO_HASH = '0'.repeat(64)

/** A block's header with its place in the chain. Throws as `RpcClient.call` does. */
export async function getHeader(rpc: RpcClient, hash: string, signal?: AbortSignal): Promise<ChainHeader> {
  const json = await rpc.call<HeaderJson>('getblockheader', [hash], signal)
  return {
    header: {
      version: json.version >>> 0,
      prevHash: parseDisplayHash(json.previousblockhash ?? NO_HASH),
      merkleRoot: parseDisplayHash(json.merkleroot),
      ntime: json.time,
      nbits: Number.parseInt(json.bits, 16),
      nonce: json.nonce,
    },
    hash,
    height: json.height,
    chainwork: workOfHex(json.chainwork),
    isOnBestChain: json.confirmations > 0,
    isTip: json.confirmations === 1,
  }
}

export const workOfHex = (hex: string): bigint => BigInt(`0x${hex}`)
