import { bytesToHex, hexToBytes, reversedBytes } from '@headframe/core/bytes'
import { parseBlock } from '@headframe/core/chain/block'
import {
  parseTransaction,
  serialiseTransaction,
  txid,
  type Transaction,
} from '@headframe/core/chain/transaction'
import type { Outpoint } from '@headframe/core/payout/batch'
import { outpointsOf } from '@headframe/core/payout/judge-payment'
import type { Spender, SpenderLook } from './payout-wallet.js'
import type { WalletRpc } from './wallet-rpc.js'

/** Blocks that are searched for a spender, the newest first: four weeks. What is older is a matter for people. */
const MAX_SEARCHED_BLOCKS = 4_032
/** Verbosity of `getblock`: the block itself, as hex. */
const RAW = 0

/** What spends a coin, by the node's own blocks: no index and no wallet is asked, so none can be wrong or forget. */
export async function findSpender(rpc: WalletRpc, coin: Outpoint, fromHeight: number): Promise<SpenderLook> {
  const { txid, index } = coin
  // With the mempool's view: null also when a transaction that waits spends it.
  if ((await rpc.call<object | null>('gettxout', [txid, index, true])) !== null) return 'unspent'
  return (await findInMempool(rpc, coin)) ?? (await findInBlocks(rpc, coin, fromHeight)) ?? 'unknown'
}

async function findInMempool(rpc: WalletRpc, { txid, index }: Outpoint): Promise<Spender | undefined> {
  const [look] = await rpc.call<{ spendingtxid?: string }[]>('gettxspendingprevout', [
    [{ txid, vout: index }],
  ])
  if (look?.spendingtxid === undefined) return undefined
  const transaction = parseTransaction(
    hexToBytes(await rpc.call<string>('getrawtransaction', [look.spendingtxid])),
  )
  return spenderOf(transaction, undefined, 0)
}

async function findInBlocks(
  rpc: WalletRpc,
  coin: Outpoint,
  fromHeight: number,
): Promise<Spender | undefined> {
  const tipHeight = await rpc.call<number>('getblockcount')
  const lowest = Math.max(fromHeight + 1, tipHeight - MAX_SEARCHED_BLOCKS)
  for (let height = tipHeight; height >= lowest; height--) {
    const blockHash = await rpc.call<string>('getblockhash', [height])
    const block = parseBlock(hexToBytes(await rpc.call<string>('getblock', [blockHash, RAW])))
    const transaction = block.transactions.find((one) => spends(one, coin))
    if (transaction !== undefined)
      return spenderOf(transaction, { blockHash, height }, tipHeight - height + 1)
  }
  return undefined
}

function spends(transaction: Transaction, { txid, index }: Outpoint): boolean {
  return outpointsOf(transaction).some((spent) => spent.index === index && spent.txid === txid)
}

function spenderOf(transaction: Transaction, block: Spender['block'], confirmations: number): Spender {
  const signed = {
    raw: serialiseTransaction(transaction),
    txid: bytesToHex(reversedBytes(txid(transaction))),
  }
  return { transaction, signed, block, confirmations }
}
