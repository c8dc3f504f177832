import { RpcError, type Rpc } from './bitcoin-rpc.js'

export const WALLET = 'headframe'

/** COINBASE_MATURITY in Bitcoin Core's consensus.h, and one more so that the first block's coins are spendable. */
const MATURED_HEIGHT = 101

/** RPC_WALLET_NOT_FOUND in Bitcoin Core's src/rpc/protocol.h. */
const WALLET_NOT_FOUND = -18

async function loadWallet(rpc: Rpc): Promise<void> {
  const loaded = await rpc<string[]>('listwallets')
  if (loaded.includes(WALLET)) return
  try {
    await rpc('loadwallet', [WALLET, true])
  } catch (error) {
    if (!(error instanceof RpcError) || error.rpcCode !== WALLET_NOT_FOUND) throw error
    // name, disable_private_keys, blank, passphrase, avoid_reuse, descriptors, load_on_startup
    await rpc('createwallet', [WALLET, false, false, '', false, true, true])
  }
}

/** Loads or makes the wallet, and on regtest mines the blocks that make its first coins spendable. */
export async function prepareWallet(rpc: Rpc): Promise<void> {
  await loadWallet(rpc)
  const { chain, blocks } = await rpc<{ chain: string; blocks: number }>('getblockchaininfo')
  if (chain !== 'regtest' || blocks >= MATURED_HEIGHT) return
  const address = await rpc<string>('getnewaddress', ['matured', 'bech32'])
  await rpc('generatetoaddress', [MATURED_HEIGHT - blocks, address])
}
