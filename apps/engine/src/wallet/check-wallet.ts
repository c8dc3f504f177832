import type { Network } from '@headframe/core/chain/network'
import type { ChainInfo } from '../bitcoind/node-status.js'
import { networkOfNode } from '../bitcoind/node-status.js'
import { RpcError } from '../bitcoind/rpc-client.js'
import { PayoutProblem } from './payout-problem.js'
import type { WalletRpc } from './wallet-rpc.js'

/** Bitcoin Core `src/rpc/protocol.h`. */
const INVALID_ADDRESS_OR_KEY = -5
const WALLET_NOT_FOUND = -18

interface Tip {
  readonly hash: string
  readonly height: number
}

/**
 * Whether payouts can be made by this node and wallet: it has the pool's best block on its chain, and the wallet has
 * seen all of it. Returns the height of the node's tip. Throws PayoutProblem.
 */
export async function checkWallet(rpc: WalletRpc, network: Network, tip: Tip | undefined): Promise<number> {
  const info = await rpc.call<ChainInfo>('getblockchaininfo')
  const found = networkOfNode(info)
  if (found !== network)
    throw new PayoutProblem(
      'node-on-other-chain',
      `the wallet's node is on ${found}, and the pool on ${network}`,
    )
  if (tip !== undefined) await checkChain(rpc, info, tip)
  await checkLoaded(rpc)
  return info.blocks
}

async function checkChain(rpc: WalletRpc, { blocks }: ChainInfo, { hash, height }: Tip): Promise<void> {
  const where = `block ${hash} at height ${height}, the pool's best`
  try {
    const { confirmations } = await rpc.call<{ confirmations: number }>('getblockheader', [hash])
    if (confirmations > 0) return
  } catch (error) {
    if (!(error instanceof RpcError) || error.code !== INVALID_ADDRESS_OR_KEY) throw error
    if (blocks < height)
      throw new PayoutProblem('node-behind', `the wallet's node is at ${blocks} and does not have ${where}`)
  }
  throw new PayoutProblem('node-on-other-chain', `the wallet's node is on a chain without ${where}`)
}

async function checkLoaded(rpc: WalletRpc): Promise<void> {
  try {
    const { scanning } = await rpc.call<{ scanning: false | { progress: number } }>('getwalletinfo')
    if (scanning === false) return
    const percent = Math.floor(scanning.progress * 100)
    throw new PayoutProblem('wallet-rescans', `the wallet reads the chain again: ${percent} % are done`)
  } catch (error) {
    if (!(error instanceof RpcError)) throw error
    if (error.code !== WALLET_NOT_FOUND) throw error
    throw new PayoutProblem('wallet-away', 'the wallet is not loaded: load it, and see PAYOUT_WALLET_URL')
  }
}
