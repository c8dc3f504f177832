import { minerAccount, WALLET } from '@headframe/core/accounting/account'
import { parseAddress } from '@headframe/core/chain/address'
import type { PayoutState } from '@headframe/core/payout/batch'
import type { Database } from '@headframe/db/database'
import { checkLedger } from '@headframe/db/ledger/check-ledger'
import { postCorrection } from '@headframe/db/ledger/post-correction'
import { readBalances } from '@headframe/db/ledger/read-balances'
import { readControl, requestPlan } from '@headframe/db/payout/control'
import { leadPayouts, type Lead } from '@headframe/db/payout/lead-payouts'
import { listPayoutOverviews, type PayoutOverview } from '@headframe/db/payout/list-overviews'
import { bitcoinRpc, type Rpc } from '@headframe/local/bitcoin-rpc'
import { expect } from 'vitest'
import { RpcClient } from '../../src/bitcoind/rpc-client.js'
import { answerRequests, type AnswerModules } from '../../src/payout/answer-requests.js'
import type { PaymentOptions } from '../../src/payout/payment-options.js'
import { payoutStore, type PayoutStore } from '../../src/payout/payout-store.js'
import { runPayouts } from '../../src/payout/run-payouts.js'
import { CoreWallet } from '../../src/wallet/core-wallet.js'
import { silentLog } from './silent-log.js'

const OPTIONS: PaymentOptions = {
  network: 'regtest',
  everyMs: 3_600_000,
  thresholdSats: 100_000n,
  minimumSats: 10_000n,
  maxAgeMs: undefined,
  maxOutputs: 100,
  dailyLimitSats: undefined,
  feePayer: 'pool',
  maxFeeRate: 100,
  confirmations: 3,
  bumpAfterMs: undefined,
  approvalAboveSats: undefined,
  signing: 'wallet',
}

let wallets = 0

/** A wallet of its own on a real node with 25 BTC in it, and miners who are owed some of them. */
export class PayGround {
  db: Database
  /** The node, with its rich wallet that also mines. */
  readonly node: Rpc
  /** Payouts' wallet. */
  readonly funds: Rpc
  readonly url: string
  readonly walletName: string
  options: PaymentOptions
  wallet: CoreWallet
  nowMs = Date.UTC(2026, 0, 2)
  readonly #nodeUrl: string

  private constructor(db: Database, nodeUrl: string, walletName: string, options: Partial<PaymentOptions>) {
    this.db = db
    this.#nodeUrl = nodeUrl
    this.node = bitcoinRpc(nodeUrl)
    this.walletName = walletName
    this.url = new URL(`/wallet/${walletName}`, nodeUrl).href
    this.funds = bitcoinRpc(this.url)
    this.options = { ...OPTIONS, ...options }
    this.wallet = this.openWallet()
  }

  static async open(
    db: Database,
    nodeUrl: string,
    options: Partial<PaymentOptions> = {},
  ): Promise<PayGround> {
    const mining = new URL('/wallet/headframe', nodeUrl).href
    const ground = new PayGround(db, nodeUrl, `payouts-${++wallets}`, options)
    await bitcoinRpc(nodeUrl)('createwallet', [ground.walletName])
    // By one transaction: change that is not in a block yet may not be spendable on a busy node.
    const coins: Record<string, number> = {}
    for (let n = 0; n < 5; n++) coins[await ground.newAddress()] = 5
    await bitcoinRpc(mining)('sendmany', ['', coins])
    await ground.mine(1)
    return ground
  }

  openWallet(url = this.url): CoreWallet {
    return new CoreWallet({ network: 'regtest', feeTargetBlocks: 6 }, new RpcClient({ url }))
  }

  newAddress(): Promise<string> {
    return this.funds<string>('getnewaddress', ['', 'bech32'])
  }

  /** Somebody else's address. */
  stranger(): Promise<string> {
    return bitcoinRpc(new URL('/wallet/headframe', this.#nodeUrl).href)<string>('getnewaddress')
  }

  async mine(blocks: number): Promise<string[]> {
    return this.node<string[]>('generatetoaddress', [blocks, await this.stranger()])
  }

  /** New miners who are owed that much, and the coins for it in the books. */
  async owe(...amounts: readonly bigint[]): Promise<string[]> {
    const addresses: string[] = []
    for (const amountSats of amounts) {
      const address = await this.stranger()
      addresses.push(address)
      await this.db.prisma.miner.create({ data: { address, firstSeenAt: new Date(this.nowMs) } })
      const postings = [
        { account: WALLET, amountSats },
        { account: minerAccount(address, 'available'), amountSats: -amountSats },
      ]
      const debt = { author: 'ann', reason: 'owed from before', postings }
      await postCorrection(this.db, debt, { nowMs: this.nowMs, isDryRun: false })
    }
    return addresses
  }

  /** One run, as the task makes it. `around`: what it sees of the database. */
  async run(around = (store: PayoutStore) => store): Promise<void> {
    const led = await leadPayouts(this.db, (lead) =>
      runPayouts(this.options, {
        store: around(payoutStore(lead)),
        wallet: this.wallet,
        log: silentLog,
        nowMs: () => this.nowMs,
      }),
    )
    expect(led).toBeUndefined()
  }

  /** What operators have asked for is done, as the task does it. */
  async answer(): Promise<void> {
    const led = await leadPayouts(this.db, (lead) => answerRequests(this.options, this.answering(lead)))
    expect(led).toBeUndefined()
  }

  answering(lead: Lead): AnswerModules {
    const { wallet } = this
    return { lead, store: payoutStore(lead), wallet, log: silentLog, nowMs: () => this.nowMs }
  }

  /** What is out gets as many blocks as it needs, and is settled. */
  async bury(): Promise<void> {
    await this.mine(this.options.confirmations)
    await this.run()
    await this.run()
  }

  /** A run that plans whatever is due. */
  async pay(around?: (store: PayoutStore) => PayoutStore): Promise<void> {
    await requestPlan(this.db, 'ann', this.nowMs)
    await this.run(around)
  }

  /** Less is owed to him from now on. */
  async forgive(address: string, amountSats: bigint): Promise<void> {
    const postings = [
      { account: minerAccount(address, 'available'), amountSats },
      { account: WALLET, amountSats: -amountSats },
    ]
    const correction = { author: 'ann', reason: 'credited twice', postings }
    await postCorrection(this.db, correction, { nowMs: this.nowMs, isDryRun: false })
  }

  async latest(): Promise<PayoutOverview> {
    return (await listPayoutOverviews(this.db.pool, undefined, 1))[0]!
  }

  async expectState(state: PayoutState, problem?: string): Promise<PayoutOverview> {
    const latest = await this.latest()
    expect({ state: latest.state, problem: latest.problem?.problem }).toEqual({ state, problem })
    return latest
  }

  async expectProblem(problem: string | undefined): Promise<string | undefined> {
    const control = await readControl(this.db.pool)
    expect(control.problem?.problem).toBe(problem)
    return control.problem?.detail
  }

  /** What the chain has paid to an address, in satoshis, confirmed. */
  async paidTo(address: string): Promise<bigint> {
    const { total_amount: btc } = await this.node<{ total_amount: number }>('scantxoutset', [
      'start',
      [`addr(${address})`],
    ])
    return BigInt(Math.round(btc * 1e8))
  }

  async balances(): Promise<Map<string, bigint>> {
    expect(await checkLedger(this.db.pool)).toEqual([])
    return readBalances(this.db.pool)
  }

  async expectPaid(addresses: readonly string[], amounts: readonly bigint[]): Promise<void> {
    const balances = await this.balances()
    for (const [i, address] of addresses.entries()) {
      expect(await this.paidTo(address)).toBe(amounts[i])
      for (const part of ['available', 'locked'] as const)
        expect(balances.get(minerAccount(address, part)) ?? 0n).toBe(0n)
    }
  }
}

export function scriptOf(address: string): Uint8Array {
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.script
}
