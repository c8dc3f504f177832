import { RpcError } from '../bitcoind/rpc-client.js'
import type { WalletSend, WalletSends } from './payout-wallet.js'
import type { WalletRpc } from './wallet-rpc.js'

/** Bitcoin Core `src/rpc/protocol.h`. */
const INVALID_ADDRESS_OR_KEY = -5

/** What is that deep counts as looked at once it was: a reorganisation of more has other troubles. */
const DEEP = 100
const ALL = ''

interface SinceBlock {
  readonly transactions: readonly {
    readonly category: string
    readonly txid: string
    readonly confirmations: number
  }[]
  readonly lastblock: string
}

/** What has left a wallet since a block, by the wallet's own history; whatever waits is in it, too. */
export async function listSends(rpc: WalletRpc, since: string | undefined): Promise<WalletSends> {
  const { transactions, lastblock } = await sinceBlock(rpc, since ?? ALL)
  const sends = new Map<string, WalletSend>()
  // An entry an output.
  for (const { category, txid, confirmations } of transactions)
    if (category === 'send') sends.set(txid, { txid, confirmations })
  return { sends: [...sends.values()], end: lastblock }
}

async function sinceBlock(rpc: WalletRpc, blockHash: string): Promise<SinceBlock> {
  try {
    return await rpc.call<SinceBlock>('listsinceblock', [blockHash, DEEP])
  } catch (error) {
    // It is not the node that was asked before: everything is looked at again.
    const isUnknown = error instanceof RpcError && error.code === INVALID_ADDRESS_OR_KEY
    if (!isUnknown || blockHash === ALL) throw error
    return sinceBlock(rpc, ALL)
  }
}
