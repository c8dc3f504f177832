import { readFileSync } from 'node:fs'
import type { BitcoinNode } from '@headframe/core/node/bitcoin-nodes'
import { bitcoinRpc, RpcError, type Rpc } from '@headframe/local/bitcoin-rpc'
import { prepareWallet, WALLET } from '@headframe/local/prepare-wallet'
import type { DataFolder, DemoAddresses, FolderState } from './data-folder.js'
import { UpError } from './up-error.js'

const DEMO_MINERS = 2

/** The URL with the credentials in it, as long as the cookie is valid. */
export function urlWithCredentials({ url, cookieFile }: BitcoinNode): string {
  if (cookieFile === undefined) return url
  const [username = '', password = ''] = readFileSync(cookieFile, 'utf8').trim().split(':')
  const whole = new URL(url)
  whole.username = username
  whole.password = password
  return whole.href
}

/**
 * Which chain the node is on, checked against what the folder was made for: shares, blocks and balances of one
 * chain mean nothing on another.
 */
export async function identifyChain(
  rpc: Rpc,
  state: FolderState | undefined,
  path: string,
): Promise<FolderState> {
  const { chain, blocks } = await rpc<{ chain: string; blocks: number }>('getblockchaininfo')
  const firstBlockHash = blocks > 0 ? await rpc<string>('getblockhash', [1]) : null
  const known = state?.firstBlockHash ?? null
  const isOther =
    state !== undefined && (state.chain !== chain || (known !== null && known !== firstBlockHash))
  if (isOther) {
    const which =
      state.chain === chain ? `another ${chain} chain` : `${state.chain}, and the node is on ${chain}`
    throw new UpError(
      `${path} was made for ${which}. Use another folder (--data), or the node that it was made for (BITCOIND_URLS).`,
    )
  }
  return { chain, firstBlockHash, addresses: state?.addresses ?? null }
}

/**
 * Addresses for the demonstration, from the node's own wallet: only regtest coins are for playing. Elsewhere there
 * are none, and POOL_ADDRESS has to be set.
 */
async function demoAddresses(nodeUrl: string, state: FolderState): Promise<DemoAddresses | null> {
  if (state.chain !== 'regtest' || state.addresses !== null) return state.addresses
  await prepareWallet(bitcoinRpc(nodeUrl))
  const wallet = bitcoinRpc(new URL(`/wallet/${WALLET}`, nodeUrl).href)
  const address = (label: string) => wallet<string>('getnewaddress', [label, 'bech32'])
  const miners: string[] = []
  for (let index = 1; index <= DEMO_MINERS; index++) miners.push(await address(`miner ${index}`))
  return { pool: await address('pool'), miners, guest: await address('guest') }
}

/**
 * Finds out which chain the pool is on and, if the demonstration's wallet is wanted, who is paid; remembers both in
 * the folder.
 */
export async function learnChain(
  access: BitcoinNode,
  folder: DataFolder,
  wantsWallet: boolean,
): Promise<FolderState> {
  const url = urlWithCredentials(access)
  const rpc = bitcoinRpc(url)
  const before = await identifyChain(rpc, folder.readState(), folder.path)
  const addresses = wantsWallet ? await demoAddresses(url, before) : before.addresses
  const state = await identifyChain(rpc, { ...before, addresses }, folder.path)
  folder.writeState(state)
  return state
}

/** Checks a node that was given, and asks it where it publishes its blocks unless that was given too. */
export async function reachGivenNode(node: BitcoinNode): Promise<BitcoinNode> {
  try {
    const rpc = bitcoinRpc(urlWithCredentials(node))
    await rpc('getblockchaininfo')
    const find = (type: string) => findZmq(rpc, node.url, type)
    const hashblockUrl = node.hashblockUrl ?? (await find('pubhashblock'))
    return { ...node, hashblockUrl, rawblockUrl: node.rawblockUrl ?? (await find('pubrawblock')) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UpError(`BITCOIND_URLS: the node ${node.name} does not answer: ${reason}`)
  }
}

/** The engine asks for the tip once a second anyway; being told is quicker. */
async function findZmq(rpc: Rpc, url: string, wanted: string): Promise<string | undefined> {
  try {
    const published = await rpc<{ type: string; address: string }[]>('getzmqnotifications')
    const address = published.find(({ type }) => type === wanted)?.address
    return address?.replace('0.0.0.0', new URL(url).hostname)
  } catch (error) {
    if (error instanceof RpcError) return undefined
    throw error
  }
}
