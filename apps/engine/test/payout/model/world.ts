import { minerAccount, WALLET } from '@headframe/core/accounting/account'
import { payoutCancel } from '@headframe/core/accounting/payout-postings'
import { bytesToHex } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import { outpointsOf } from '@headframe/core/payout/judge-payment'
import { LostLead } from '@headframe/db/payout/lead-payouts'
import type { PaymentOptions } from '../../../src/payout/payment-options.js'
import type { PayoutStore } from '../../../src/payout/payout-store.js'
import { runPayouts } from '../../../src/payout/run-payouts.js'
import type { PayoutWallet } from '../../../src/wallet/payout-wallet.js'
import { silentLog } from '../silent-log.js'
import { ModelChain, type Chain } from './model-chain.js'
import { ModelStore, type ModelBatch, type Written } from './model-store.js'

export const OWED: readonly (readonly [address: string, sats: bigint])[] = [
  ['bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080', 70_000n],
  ['bcrt1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qzf4jry', 50_000n],
]
export const TOTAL_SATS = 120_000n
const COINS = 5
const COIN_SATS = 100_000n
export const HOUR_MS = 3_600_000

export const OPTIONS: PaymentOptions = {
  network: 'regtest',
  everyMs: HOUR_MS,
  thresholdSats: 10_000n,
  minimumSats: 1_000n,
  maxAgeMs: undefined,
  maxOutputs: 10,
  dailyLimitSats: undefined,
  feePayer: 'pool',
  maxFeeRate: 50,
  confirmations: 2,
  bumpAfterMs: HOUR_MS,
  approvalAboveSats: undefined,
  signing: 'wallet',
}

/** The database, the chain, the clock, and all that was ever sent. Plain data. */
export interface World {
  written: Written
  readonly chain: Chain
  /** Txid -> the bytes that were sent first. */
  readonly sent: Map<string, string>
  nowMs: number
}

function nothingWritten(): Written {
  const balances = new Map(OWED.map(([address, sats]) => [minerAccount(address, 'available'), -sats]))
  balances.set(WALLET, TOTAL_SATS)
  return {
    batches: [],
    balances,
    plannedAtMs: undefined,
    problem: undefined,
    isPaused: false,
    checkedBlockHash: undefined,
    declared: new Set(),
  }
}

export function newWorld(): World {
  const coins = Array.from({ length: COINS }, (_, n) => [`${String(n + 1).repeat(64)}:0`, COIN_SATS] as const)
  return {
    written: nothingWritten(),
    chain: {
      blocks: [],
      mempool: [],
      coins: new Map(coins),
      locked: new Set(),
      remembered: new Map(),
      counter: 0,
      feeRate: 1,
    },
    sent: new Map(),
    nowMs: HOUR_MS,
  }
}

/** The process ends between two things that it does. */
class Crash extends Error {}

/** Which call of a run is the last, and whether it was still carried out. */
export interface CrashPoint {
  readonly call: number
  readonly isAfter: boolean
}

/** One run of the real code on the world. Returns how many calls it made. */
export async function run(world: World, crash?: CrashPoint, options = OPTIONS): Promise<number> {
  const counter = { calls: 0 }
  const store = crashing<PayoutStore>(new ModelStore(world.written), counter, crash)
  const wallet = crashing<PayoutWallet>(witnessed(world), counter, crash)
  try {
    await runPayouts(options, { store, wallet, log: silentLog, nowMs: () => world.nowMs })
  } catch (error) {
    if (!(error instanceof Crash) && !(error instanceof LostLead)) throw error
  }
  return counter.calls
}

/** Nothing is sent that was not written down before, and never other bytes for the same transaction. */
function witnessed(world: World): PayoutWallet {
  const wallet = new ModelChain(world.chain)
  const send = wallet.send.bind(wallet)
  wallet.send = (payment, feeSats) => {
    const hex = bytesToHex(payment.raw)
    const versions = world.written.batches.flatMap((batch) => batch.versions)
    if (!versions.some(({ signed }) => signed && bytesToHex(signed.raw) === hex))
      throw new Error('something was sent that was not written down')
    const first = world.sent.get(payment.txid) ?? hex
    if (first !== hex) throw new Error('other bytes were sent for the same transaction')
    world.sent.set(payment.txid, hex)
    return send(payment, feeSats)
  }
  return wallet
}

function crashing<T extends object>(target: T, counter: { calls: number }, crash: CrashPoint | undefined): T {
  return new Proxy(target, {
    get(of, name) {
      const method = Reflect.get(of, name) as (...args: unknown[]) => Promise<unknown>
      return async (...args: unknown[]) => {
        const isLast = counter.calls++ === crash?.call
        if (isLast && !crash.isAfter) throw new Crash()
        const result = await method.apply(of, args)
        if (isLast) throw new Crash()
        return result
      }
    },
  })
}

/** What may happen between runs; false where there is nothing for it to happen to. */
export const EVENTS: Readonly<Record<string, (world: World, chain: ModelChain) => boolean>> = {
  mine: (_, chain) => {
    chain.mine()
    return true
  },
  'reorganise 1': (world, chain) => reorganise(world, chain, 1),
  'reorganise 3': (world, chain) => reorganise(world, chain, 3),
  'forget the mempool': (world, chain) => {
    if (world.chain.mempool.length === 0) return false
    chain.forgetMempool()
    return true
  },
  'restore the wallet': (_, chain) => {
    chain.restoreWallet()
    return true
  },
  'spend elsewhere': (world, chain) => {
    const coin = openBatches(world).flatMap(({ versions }) =>
      versions.flatMap(({ unsigned }) => outpointsOf(unsigned)),
    )[0]
    const isFirst = !world.chain.blocks.some(({ transactions }) => transactions.some(isForeign))
    if (coin === undefined || !isFirst) return false
    // An operator who says so.
    const txid = chain.spendElsewhere(coin)
    if (txid !== undefined) world.written.declared.add(txid)
    return true
  },
  'restore the database': (world) => {
    if (world.written.batches.length === 0) return false
    world.written = nothingWritten()
    // As the manual says: what payouts have locked that are forgotten, nobody else unlocks.
    world.chain.locked.clear()
    return true
  },
  'want a higher fee': ({ written }) => {
    const batch = written.batches.find(({ state, bumpRequested }) => state === 'broadcast' && !bumpRequested)
    if (batch !== undefined) batch.bumpRequested = true
    return batch !== undefined
  },
  'raise the fees': ({ chain }) => {
    if (chain.feeRate >= 9) return false
    chain.feeRate *= 3
    return true
  },
  'take it back': ({ written }) => {
    const batch = written.batches.find(({ state }) => state === 'planned' || state === 'funded')
    if (batch === undefined) return false
    for (const version of batch.versions) version.isAbandoned = true
    batch.state = 'cancelled'
    for (const { account, amountSats } of payoutCancel(paymentsOf(batch)))
      written.balances.set(account, (written.balances.get(account) ?? 0n) + amountSats)
    return true
  },
  'pause or resume': ({ written }) => {
    written.isPaused = !written.isPaused
    return true
  },
  wait: (world) => {
    world.nowMs += HOUR_MS
    return true
  },
}

/** Something was sent that neither the books nor the node nor its wallet know of: nobody can. It is left out. */
export function isForgotten({ sent, written, chain }: World): boolean {
  const model = new ModelChain(chain)
  const signed = written.batches.flatMap(({ versions }) =>
    versions.flatMap((version) => version.signed?.txid ?? []),
  )
  return [...sent.keys()].some((id) => !model.remembers(id) && !signed.includes(id))
}

function reorganise({ chain }: World, model: ModelChain, depth: number): boolean {
  if (chain.blocks.length < depth) return false
  model.reorganise(depth)
  return true
}

function isForeign({ outputs }: Chain['mempool'][number]): boolean {
  return outputs.some(({ script }) => script.every((byte) => byte === 0xff))
}

export function openBatches({ written }: World): ModelBatch[] {
  return written.batches.filter(({ state }) => state !== 'settled' && state !== 'cancelled')
}

function paymentsOf({ items }: ModelBatch) {
  return items.map(({ address, amountSats }) => ({ miner: address, amountSats }))
}

/** What holds at every moment, whatever has happened: the first law that does not, in words. */
export function brokenLaw({ written, chain }: World): string | undefined {
  const model = new ModelChain(chain)
  const balanceOf = (account: string) => written.balances.get(account) ?? 0n
  if ([...written.balances.values()].reduce((sum, sats) => sum + sats, 0n) !== 0n)
    return 'the books do not balance'
  for (const [address, sats] of OWED) {
    if (model.paidTo(scriptOf(address)) > sats) return `${address} is paid twice`
    const open = openBatches({ written } as World)
    const locked = open.flatMap(({ items }) => items).filter((item) => item.address === address)
    if (
      -balanceOf(minerAccount(address, 'locked')) !==
      locked.reduce((sum, { amountSats }) => sum + amountSats, 0n)
    )
      return `what is locked of ${address} is not what is under way`
    if (balanceOf(minerAccount(address, 'available')) > 0n) return `${address} owes the pool`
  }
  return undefined
}

export function scriptOf(address: string): Uint8Array {
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.script
}
