import { addressOfScript } from '@headframe/core/chain/address'
import { bytesToHex, hexToBytes } from '@headframe/core/bytes'
import type { Network } from '@headframe/core/chain/network'
import { parseTransaction, type Transaction, type TransactionOutput } from '@headframe/core/chain/transaction'
import type { Outpoint, PayoutPlace, SignedPayment } from '@headframe/core/payout/batch'
import type { Sighting } from '@headframe/core/payout/next-step'
import { formatBtc } from '@headframe/core/units'
import { RpcClient, RpcError, RpcUnavailable } from '../bitcoind/rpc-client.js'
import type { EngineOptions } from '../env.js'
import { checkWallet } from './check-wallet.js'
import { findSpender } from './find-spender.js'
import { PayoutProblem } from './payout-problem.js'
import { listSends } from './list-sends.js'
import type { FundedPsbt, Funding, PayoutWallet, Sent, SpenderLook, WalletSends } from './payout-wallet.js'
import { sendPayment } from './send-payment.js'
import { satsOfNumber, type WalletRpc } from './wallet-rpc.js'

export interface CoreWalletOptions {
  readonly network: Network
  /** Blocks within which a payment is to be confirmed. */
  readonly feeTargetBlocks: number
}

/** The wallet that payouts are made from; undefined when the settings name none. */
export function openWallet(options: EngineOptions, network: Network): CoreWallet | undefined {
  const place = options.PAYOUT_WALLET_URL
  if (place === undefined) return undefined
  const rpc = new RpcClient({ ...place, timeoutMs: CALL_TIMEOUT_MS })
  return new CoreWallet({ network, feeTargetBlocks: options.PAYOUT_FEE_TARGET_BLOCKS }, rpc)
}

/** A wallet with many coins takes its time to choose among them. */
const CALL_TIMEOUT_MS = 120_000

/** Bitcoin Core `src/rpc/protocol.h`. */
const INVALID_ADDRESS_OR_KEY = -5
const WALLET_INSUFFICIENT_FUNDS = -6
const INVALID_PARAMETER = -8
const WALLET_UNLOCK_NEEDED = -13
/** Of everything the wallet may say no to; its text tells. */
const WALLET_ERROR = -4

/** Satoshis a virtual byte in one BTC a thousand of them. */
const SATS_PER_VBYTE = 100_000
/** The wallet takes three decimals of a satoshi. */
const FEE_RATE_STEPS = 1_000
/** Nothing is paid out of coins that may still go. */
const MIN_CONFIRMATIONS = 1

/**
 * The wallet of a Bitcoin Core node, by its RPC. Every call may reach the node twice without harm: a PSBT that nobody
 * writes down is nothing, and a transaction is sent by its bytes.
 */
export class CoreWallet implements PayoutWallet {
  readonly #options: CoreWalletOptions
  readonly #rpc: WalletRpc
  readonly #close: () => void

  constructor(options: CoreWalletOptions, rpc: Pick<RpcClient, 'call' | 'close'>) {
    this.#options = options
    this.#close = () => rpc.close()
    this.#rpc = { call: (method, params) => callNode(rpc, method, params) }
  }

  close(): void {
    this.#close()
  }

  check(tip: { readonly hash: string; readonly height: number } | undefined): Promise<number> {
    return checkWallet(this.#rpc, this.#options.network, tip)
  }

  async estimateFeeRate(): Promise<number> {
    const { feerate = 0 } = await this.#rpc.call<{ feerate?: number }>('estimatesmartfee', [
      this.#options.feeTargetBlocks,
    ])
    const { mempoolminfee, minrelaytxfee } = await this.#rpc.call<{
      mempoolminfee: number
      minrelaytxfee: number
    }>('getmempoolinfo')
    return roundUp(Math.max(feerate, mempoolminfee, minrelaytxfee) * SATS_PER_VBYTE)
  }

  async fund(outputs: readonly TransactionOutput[], funding: Funding): Promise<FundedPsbt> {
    const { feeRate, isFeeOfPayees, inputs } = funding
    const options = {
      add_inputs: true,
      fee_rate: roundUp(feeRate),
      minconf: MIN_CONFIRMATIONS,
      replaceable: true,
      subtractFeeFromOutputs: isFeeOfPayees ? outputs.map((_, index) => index) : [],
    }
    const payees = outputs.map(({ script, valueSats }) => ({
      [this.#addressOf(script)]: formatBtc(valueSats),
    }))
    try {
      const { psbt, fee } = await this.#rpc.call<{ psbt: string; fee: number }>('walletcreatefundedpsbt', [
        inputs.map(coinOf),
        payees,
        0,
        options,
      ])
      return { psbt, feeSats: satsOfNumber(fee) }
    } catch (error) {
      throw await this.#problemOfFunding(error, outputs)
    }
  }

  async sign(psbt: string): Promise<Uint8Array | undefined> {
    try {
      const signed = await this.#rpc.call<{ psbt: string }>('walletprocesspsbt', [psbt])
      return await this.finalize(signed.psbt)
    } catch (error) {
      if (!(error instanceof RpcError)) throw error
      if (error.code !== WALLET_UNLOCK_NEEDED) throw new PayoutProblem('wallet-refuses', error.message)
      throw new PayoutProblem('wallet-locked', 'the wallet is locked: unlock it with walletpassphrase')
    }
  }

  /** The transaction of a PSBT that has all its signatures; undefined when it has not. Throws RpcError when it is none. */
  async finalize(psbt: string): Promise<Uint8Array | undefined> {
    const { complete, hex } = await this.#rpc.call<{ complete: boolean; hex?: string }>('finalizepsbt', [
      psbt,
    ])
    return complete && hex !== undefined ? hexToBytes(hex) : undefined
  }

  /** One PSBT with the signatures of all. Throws RpcError when they are not of one transaction. */
  combine(psbts: readonly string[]): Promise<string> {
    return this.#rpc.call<string>('combinepsbt', [psbts])
  }

  send(payment: SignedPayment, feeSats: bigint): Promise<Sent> {
    return sendPayment(this.#rpc, payment, feeSats)
  }

  async look(txid: string, place: PayoutPlace | undefined): Promise<Sighting> {
    // The block is asked first: a wallet that was restored may not remember what is in it.
    const placed = place && (await this.#lookInBlock(place))
    if (placed !== undefined) return placed
    const known = await this.#askFor<{ confirmations: number; blockhash?: string; blockheight?: number }>(
      'gettransaction',
      [txid],
    )
    if (known?.blockhash !== undefined && known.blockheight !== undefined && known.confirmations > 0) {
      const { blockhash, blockheight, confirmations } = known
      return { kind: 'confirmed', blockHash: blockhash, height: blockheight, confirmations }
    }
    const waiting = await this.#askFor('getmempoolentry', [txid])
    return { kind: waiting === undefined ? 'absent' : 'mempool' }
  }

  findSpender(coin: Outpoint, fromHeight: number): Promise<SpenderLook> {
    return findSpender(this.#rpc, coin, fromHeight)
  }

  listSends(since: string | undefined): Promise<WalletSends> {
    return listSends(this.#rpc, since)
  }

  async readSend(txid: string): Promise<Transaction> {
    const { hex } = await this.#rpc.call<{ hex: string }>('gettransaction', [txid])
    return parseTransaction(hexToBytes(hex))
  }

  /** All that the wallet has, whether or not it can be spent yet. */
  async balanceSats(): Promise<bigint> {
    const { mine } = await this.#rpc.call<{
      mine: Record<'trusted' | 'untrusted_pending' | 'immature', number>
    }>('getbalances')
    return satsOfNumber(mine.trusted) + satsOfNumber(mine.untrusted_pending) + satsOfNumber(mine.immature)
  }

  async owns(script: Uint8Array): Promise<boolean> {
    const address = addressOfScript(script, this.#options.network)
    if (address === null) return false
    const { ismine } = await this.#rpc.call<{ ismine: boolean }>('getaddressinfo', [address])
    return ismine
  }

  async lock(coins: readonly Outpoint[]): Promise<void> {
    const locked = await this.#lockedNames()
    for (const coin of coins) if (!locked.has(keyOf(coin))) await this.#setLock(coin, false)
  }

  async unlock(coins: readonly Outpoint[]): Promise<void> {
    const locked = await this.#lockedNames()
    for (const coin of coins) if (locked.has(keyOf(coin))) await this.#setLock(coin, true)
  }

  /** Kept out of its transactions, by whomever. */
  async lockedCoins(): Promise<Outpoint[]> {
    const coins = await this.#rpc.call<{ txid: string; vout: number }[]>('listlockunspent')
    return coins.map(({ txid, vout }) => ({ txid, index: vout }))
  }

  async #lockedNames(): Promise<Set<string>> {
    return new Set((await this.lockedCoins()).map(keyOf))
  }

  /** A coin that is spent, or not there, needs no lock; persistent, so that a node that starts again has it. */
  async #setLock(coin: Outpoint, isUnlock: boolean): Promise<void> {
    const params = isUnlock ? [true, [coinOf(coin)]] : [false, [coinOf(coin)], true]
    try {
      await this.#rpc.call('lockunspent', params)
    } catch (error) {
      if (!(error instanceof RpcError) || error.code !== INVALID_PARAMETER) throw error
    }
  }

  /** Undefined when the block has lost its place. Throws when the node does not have it: it has fallen behind. */
  async #lookInBlock({ blockHash, height }: PayoutPlace): Promise<Sighting | undefined> {
    const header = await this.#askFor<{ confirmations: number }>('getblockheader', [blockHash])
    if (header === undefined)
      throw new PayoutProblem('node-behind', `the node does not know block ${blockHash}, which has a payout`)
    if (header.confirmations < 1) return undefined
    return { kind: 'confirmed', blockHash, height, confirmations: header.confirmations }
  }

  /** Undefined when the node knows no such thing. */
  async #askFor<T>(method: string, params: readonly unknown[]): Promise<T | undefined> {
    try {
      return await this.#rpc.call<T>(method, params)
    } catch (error) {
      if (error instanceof RpcError && error.code === INVALID_ADDRESS_OR_KEY) return undefined
      throw error
    }
  }

  async #problemOfFunding(error: unknown, outputs: readonly TransactionOutput[]): Promise<unknown> {
    if (!(error instanceof RpcError)) return error
    const isShort =
      error.code === WALLET_INSUFFICIENT_FUNDS ||
      (error.code === WALLET_ERROR && /insufficient funds/i.test(error.message))
    if (!isShort) return new PayoutProblem('wallet-refuses', error.message)
    const neededSats = outputs.reduce((sum, { valueSats }) => sum + valueSats, 0n)
    const { mine } = await this.#rpc.call<{ mine: { trusted: number } }>('getbalances')
    const has = formatBtc(satsOfNumber(mine.trusted))
    return new PayoutProblem(
      'insufficient-funds',
      `${formatBtc(neededSats)} BTC and the fee are needed, and the wallet has ${has} BTC; only confirmed coins that no other payout has taken are used`,
    )
  }

  #addressOf(script: Uint8Array): string {
    const address = addressOfScript(script, this.#options.network)
    if (address === null) throw new Error(`the script ${bytesToHex(script)} has no address`)
    return address
  }
}

/** Throws PayoutProblem when the node does not answer, RpcError when it says no. */
async function callNode<T>(
  rpc: Pick<RpcClient, 'call'>,
  method: string,
  params: readonly unknown[] = [],
): Promise<T> {
  try {
    return await rpc.call<T>(method, params)
  } catch (error) {
    if (error instanceof RpcUnavailable) throw new PayoutProblem('node-away', error.message)
    throw error
  }
}

function coinOf({ txid, index }: Outpoint): { txid: string; vout: number } {
  return { txid, vout: index }
}

function keyOf({ txid, index }: Outpoint): string {
  return `${txid}:${index}`
}

function roundUp(feeRate: number): number {
  return Math.ceil(feeRate * FEE_RATE_STEPS) / FEE_RATE_STEPS
}
