import { equalBytes } from '@headframe/core/bytes'
import {
  parseTransaction,
  serialiseTransaction,
  type Transaction,
  type TransactionOutput,
} from '@headframe/core/chain/transaction'
import type { Outpoint, PayoutPlace, SignedPayment } from '@headframe/core/payout/batch'
import { outpointsOf } from '@headframe/core/payout/judge-payment'
import { unsignedTransactionOf } from '@headframe/core/payout/read-psbt'
import { conflict, nameOf, outpointOfName, spenderOf, spends, txidOf } from './coins.js'
import { psbtOf } from '../psbt-of.js'
import { PayoutProblem } from '../../../src/wallet/payout-problem.js'
import type { Funding, PayoutWallet, Sent } from '../../../src/wallet/payout-wallet.js'

/* eslint-disable @typescript-eslint/require-await -- async, so that what is thrown is a rejection, as with the real one */

interface ModelBlock {
  readonly hash: string
  readonly transactions: Transaction[]
}

/** A chain, a mempool and a wallet; plain data, so that it can be copied. */
export interface Chain {
  readonly blocks: ModelBlock[]
  mempool: Transaction[]
  /** The wallet's coins by name, with their values: what came from outside. */
  readonly coins: Map<string, bigint>
  readonly locked: Set<string>
  /** Transactions that the wallet remembers, by txid. */
  readonly remembered: Map<string, Transaction>
  /** Makes hashes and signatures different each time. */
  counter: number
  feeRate: number
}

export const CHANGE = new Uint8Array(22).fill(0xcc)
const FOREIGN = new Uint8Array(22).fill(0xff)
const FEE_VBYTES = 200
/** No reorganisation of this world goes deeper. */
const DEEP = 3

/** What a node and its wallet do, as far as payouts can tell. */
export class ModelChain implements PayoutWallet {
  readonly #chain: Chain

  constructor(chain: Chain) {
    this.#chain = chain
  }

  async check() {
    return this.#chain.blocks.length
  }

  async estimateFeeRate() {
    return this.#chain.feeRate
  }

  async fund(outputs: readonly TransactionOutput[], { feeRate, isFeeOfPayees, inputs }: Funding) {
    const feeSats = BigInt(Math.ceil(feeRate * FEE_VBYTES))
    const wantedSats =
      outputs.reduce((sum, { valueSats }) => sum + valueSats, 0n) + (isFeeOfPayees ? 0n : feeSats)
    const chosen = [...inputs]
    const valueOf = (coins: readonly Outpoint[]) =>
      coins.reduce((sum, coin) => sum + this.#chain.coins.get(nameOf(coin))!, 0n)
    for (const coin of this.#free()) {
      if (valueOf(chosen) >= wantedSats) break
      if (!chosen.some((one) => nameOf(one) === nameOf(coin))) chosen.push(coin)
    }
    if (valueOf(chosen) < wantedSats) throw new PayoutProblem('insufficient-funds', 'there is too little')
    const cut = isFeeOfPayees ? feeSats / BigInt(outputs.length) : 0n
    const paid = outputs.map(({ script, valueSats }, i) => {
      const rest = isFeeOfPayees && i === 0 ? feeSats % BigInt(outputs.length) : 0n
      return { script, valueSats: valueSats - cut - rest }
    })
    const changeSats = valueOf(chosen) - wantedSats
    const change = changeSats > 0n ? [{ script: CHANGE, valueSats: changeSats }] : []
    const unsigned: Transaction = {
      version: 2,
      inputs: chosen.map(({ txid, index }) => ({
        prevTxid: Buffer.from(txid, 'hex').reverse(),
        prevIndex: index,
        script: new Uint8Array(),
        sequence: 0xfffffffd,
        witness: [],
      })),
      outputs: [...paid, ...change],
      locktime: 0,
    }
    return { psbt: psbtOf(unsigned), feeSats }
  }

  async sign(psbt: string) {
    const unsigned = unsignedTransactionOf(psbt)
    const signature = Uint8Array.of(++this.#chain.counter & 0xff, this.#chain.counter >> 8)
    return serialiseTransaction({
      ...unsigned,
      inputs: unsigned.inputs.map((input) => ({ ...input, witness: [signature] })),
    })
  }

  async send({ raw }: SignedPayment, feeSats: bigint): Promise<Sent> {
    const transaction = parseTransaction(raw)
    if (this.#isInMempool(transaction)) return { kind: 'sent' }
    if (outpointsOf(transaction).some((coin) => this.#spenderInBlocks(coin) !== undefined))
      return { kind: 'spent' }
    if (feeSats < BigInt(Math.ceil(this.#chain.feeRate * FEE_VBYTES)))
      return { kind: 'fee-too-low', reason: 'mempool min fee not met' }
    const rivals = this.#chain.mempool.filter((other) => conflict(other, transaction))
    const isHigher = rivals.every((rival) => this.feeOf(rival) < feeSats)
    if (!isHigher) return { kind: 'fee-too-low', reason: 'insufficient fee' }
    this.#chain.mempool = [...this.#chain.mempool.filter((other) => !rivals.includes(other)), transaction]
    this.#chain.remembered.set(txidOf(transaction), transaction)
    return { kind: 'sent' }
  }

  async look(id: string, place: PayoutPlace | undefined) {
    const at = this.#chain.blocks.findIndex(({ transactions }) =>
      transactions.some((one) => txidOf(one) === id),
    )
    const isPlaced = place !== undefined && this.#chain.blocks[at]?.hash === place.blockHash
    if (at >= 0 && (isPlaced || this.#chain.remembered.has(id))) {
      const { hash } = this.#chain.blocks[at]!
      const confirmations = this.#chain.blocks.length - at
      return { kind: 'confirmed', blockHash: hash, height: at + 1, confirmations } as const
    }
    const isWaiting = this.#chain.mempool.some((one) => txidOf(one) === id)
    return { kind: isWaiting ? 'mempool' : 'absent' } as const
  }

  async findSpender(coin: Outpoint) {
    const waiting = this.#chain.mempool.find((one) => spends(one, coin))
    if (waiting !== undefined) return spenderOf(waiting, undefined, 0)
    const found = this.#spenderInBlocks(coin)
    if (found === undefined) return 'unspent'
    const { transaction, at } = found
    const block = { blockHash: this.#chain.blocks[at]!.hash, height: at + 1 }
    return spenderOf(transaction, block, this.#chain.blocks.length - at)
  }

  async listSends(since: string | undefined) {
    const { blocks } = this.#chain
    const known = blocks.findIndex(({ hash }) => hash === since) + 1
    const sends = this.#history()
      .map((transaction) => ({ txid: txidOf(transaction), ...this.#standing(transaction) }))
      .filter(({ at }) => at === undefined || at >= known)
      .map(({ txid, confirmations }) => ({ txid, confirmations }))
    return { sends, end: blocks.at(-1 - DEEP)?.hash ?? 'genesis' }
  }

  async readSend(id: string) {
    return this.#history().find((transaction) => txidOf(transaction) === id)!
  }

  async owns(script: Uint8Array) {
    return equalBytes(script, CHANGE)
  }

  async lock(coins: readonly Outpoint[]) {
    for (const coin of coins) this.#chain.locked.add(nameOf(coin))
  }

  async unlock(coins: readonly Outpoint[]) {
    for (const coin of coins) this.#chain.locked.delete(nameOf(coin))
  }

  /** What happens by itself, or by others. */

  mine(): void {
    this.#chain.blocks.push({ hash: this.#newHash(), transactions: this.#chain.mempool })
    this.#chain.mempool = []
  }

  /** Other blocks without any transaction take the place of the last; theirs wait again. */
  reorganise(depth: number): void {
    const undone = this.#chain.blocks.splice(-depth)
    const back = undone.flatMap(({ transactions }) => transactions)
    this.#chain.mempool = [
      ...this.#chain.mempool.filter((one) => !back.some((other) => conflict(one, other))),
      ...back,
    ]
    for (let n = 0; n <= undone.length; n++)
      this.#chain.blocks.push({ hash: this.#newHash(), transactions: [] })
  }

  /** Somebody else with the keys spends a coin, and it is mined. */
  spendElsewhere(coin: Outpoint): string | undefined {
    if (this.#spenderInBlocks(coin) !== undefined) return undefined
    const foreign: Transaction = {
      version: 2,
      inputs: [
        {
          prevTxid: Buffer.from(coin.txid, 'hex').reverse(),
          prevIndex: coin.index,
          script: new Uint8Array(),
          sequence: 0,
          witness: [],
        },
      ],
      outputs: [{ script: FOREIGN, valueSats: this.#chain.coins.get(nameOf(coin))! }],
      locktime: 0,
    }
    this.#chain.mempool = this.#chain.mempool.filter((one) => !conflict(one, foreign))
    this.#chain.blocks.push({ hash: this.#newHash(), transactions: [foreign] })
    return txidOf(foreign)
  }

  /** Whether its wallet, a mempool or a block still has it. */
  remembers(id: string): boolean {
    return this.#history().some((transaction) => txidOf(transaction) === id)
  }

  /** Hands a transaction to the node again, whatever it costs; in vain where another one has its coins. */
  push(transaction: Transaction): void {
    const isFree = outpointsOf(transaction).every((coin) => this.#spenderInBlocks(coin) === undefined)
    if (isFree && !this.#chain.mempool.some((one) => conflict(one, transaction)))
      this.#chain.mempool.push(transaction)
  }

  forgetMempool(): void {
    this.#chain.mempool = []
  }

  restoreWallet(): void {
    this.#chain.locked.clear()
    this.#chain.remembered.clear()
  }

  /** What the chain has paid to a script, and what it still may. */
  paidTo(script: Uint8Array): bigint {
    const outputs = this.#chain.blocks.flatMap(({ transactions }) =>
      transactions.flatMap((one) => one.outputs),
    )
    return outputs
      .filter((one) => equalBytes(one.script, script))
      .reduce((sum, one) => sum + one.valueSats, 0n)
  }

  /** Of the transactions in the chain that are no stranger's. */
  spentSats(): bigint {
    const own = this.#chain.blocks.flatMap(({ transactions }) =>
      transactions.filter(({ outputs }) => !outputs.some(({ script }) => equalBytes(script, FOREIGN))),
    )
    const changeOf = ({ outputs }: Transaction) =>
      outputs.filter(({ script }) => equalBytes(script, CHANGE)).reduce((sum, one) => sum + one.valueSats, 0n)
    return own.reduce((sum, one) => sum + this.#valueIn(one) - changeOf(one), 0n)
  }

  /** Whatever the wallet can still know of. */
  #history(): Transaction[] {
    const { blocks, mempool, remembered } = this.#chain
    const all = [...blocks.flatMap(({ transactions }) => transactions), ...mempool, ...remembered.values()]
    return [...new Map(all.map((transaction) => [txidOf(transaction), transaction])).values()]
  }

  /** In which block it or what conflicts with it is, and how deep. */
  #standing(transaction: Transaction): { at: number | undefined; confirmations: number } {
    const found = outpointsOf(transaction)
      .map((coin) => this.#spenderInBlocks(coin))
      .find((spender) => spender !== undefined)
    if (found === undefined) return { at: undefined, confirmations: 0 }
    const depth = this.#chain.blocks.length - found.at
    const isItself = txidOf(found.transaction) === txidOf(transaction)
    return { at: found.at, confirmations: isItself ? depth : -depth }
  }

  #free(): Outpoint[] {
    const names = [...this.#chain.coins.keys()].filter((name) => !this.#chain.locked.has(name))
    return names.map(outpointOfName).filter((coin) => {
      const isWaiting = this.#chain.mempool.some((one) => spends(one, coin))
      return !isWaiting && this.#spenderInBlocks(coin) === undefined
    })
  }

  #isInMempool(transaction: Transaction): boolean {
    const id = txidOf(transaction)
    return this.#chain.mempool.some((one) => txidOf(one) === id)
  }

  #spenderInBlocks(coin: Outpoint): { readonly transaction: Transaction; readonly at: number } | undefined {
    for (const [at, { transactions }] of this.#chain.blocks.entries()) {
      const transaction = transactions.find((one) => spends(one, coin))
      if (transaction !== undefined) return { transaction, at }
    }
    return undefined
  }

  #valueIn(transaction: Transaction): bigint {
    return outpointsOf(transaction).reduce((sum, coin) => sum + this.#chain.coins.get(nameOf(coin))!, 0n)
  }

  /** What a transaction costs. */
  feeOf(transaction: Transaction): bigint {
    return this.#valueIn(transaction) - transaction.outputs.reduce((sum, one) => sum + one.valueSats, 0n)
  }

  #newHash(): string {
    return (++this.#chain.counter).toString(16).padStart(64, '0')
  }
}
