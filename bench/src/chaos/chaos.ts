import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { outpointsOf } from '@headframe/core/payout/judge-payment'
import { checkLedger } from '@headframe/db/ledger/check-ledger'
import { requestBump } from '@headframe/db/payout/approve-batch'
import { readControl, requestPlan } from '@headframe/db/payout/control'
import { declareSends } from '@headframe/db/payout/declare-sends'
import { listLiveBatches } from '@headframe/db/payout/list-batches'
import { listDue } from '@headframe/db/payout/list-due'
import { listOpenPayouts } from '@headframe/db/payout/list-overviews'
import type { Random } from '../soak/random.js'
import type { ChaosOptions } from './chaos-options.js'
import { Debts } from './debts.js'
import type { PayGround } from './pay-ground.js'

const PAY_LOOP = fileURLToPath(new URL('./pay-loop.js', import.meta.url))
/** A payout that nothing stops takes less. */
const MAX_LIFE_MS = 600
const MAX_MINERS = 12
const MAX_OWED_SATS = 2_000_000
const TWO_AT_ONCE = 0.2
/** Rounds of a run and a block that everything has to come to rest within. */
const QUIET_ROUNDS = 60
const QUIET_MS = 250
const MAX_LISTED = 1_000
const FOREIGN_FEE_BTC = 0.0001
/** Above every block: what is settled is done. */
const MAX_HEIGHT = 2 ** 31 - 1

export interface ChaosModules {
  readonly ground: PayGround
  readonly random: Random
  readonly say: (text: string) => void
}

/** What was seen. */
export interface ChaosResult {
  readonly kills: number
  /** In which state batches were when their process was killed. */
  readonly killedIn: ReadonlyMap<string, number>
  readonly events: ReadonlyMap<string, number>
  readonly miners: number
  readonly batches: number
  readonly versions: number
  /** All that is not as it has to be, in words. */
  readonly wrong: readonly string[]
}

/** Kills, blocks, reorganisations and all the rest, in an order that chance makes. */
export class Chaos {
  readonly #modules: ChaosModules
  readonly #debts: Debts
  readonly #killedIn = new Map<string, number>()
  readonly #events = new Map<string, number>()
  readonly #wrong: string[] = []
  #kills = 0

  constructor(modules: ChaosModules) {
    this.#modules = modules
    this.#debts = new Debts(modules.ground.db, modules.ground.miners)
  }

  async run({ runs }: ChaosOptions): Promise<ChaosResult> {
    const { ground } = this.#modules
    while (this.#kills < runs && this.#wrong.length === 0) {
      await this.#owe()
      await this.#live()
      await this.#happen()
      await this.#look(false)
    }
    await this.#comeToRest()
    await this.#look(true)
    const { batches, versions } = await countMade(ground)
    return {
      kills: this.#kills,
      killedIn: this.#killedIn,
      events: this.#events,
      miners: this.#debts.addresses.length,
      batches,
      versions,
      wrong: this.#wrong,
    }
  }

  async #owe(): Promise<void> {
    const { random } = this.#modules
    for (let n = Math.floor(random.between(0, 3)); n > 0; n--) {
      const known = this.#debts.addresses
      const isNew = known.length < MAX_MINERS
      const address = isNew ? await this.#debts.newMiner() : random.oneOf(known)!
      await this.#debts.owe(address, BigInt(Math.floor(random.between(20_000, MAX_OWED_SATS))))
    }
  }

  /** One process, or two of which one leads, from start to kill; sometimes with a block meanwhile. */
  async #live(): Promise<void> {
    const { ground, random } = this.#modules
    const children = [await this.#start()]
    if (random.happens(TWO_AT_ONCE)) children.push(await this.#start())
    const lifeMs = random.between(0, MAX_LIFE_MS)
    await sleep(lifeMs / 2)
    if (random.happens(0.5)) await ground.mine(1)
    await sleep(lifeMs / 2)
    await Promise.all(children.map(kill))
    this.#kills++
    for (const { state } of await listOpenPayouts(ground.db.pool, MAX_LISTED)) count(this.#killedIn, state)
  }

  async #start(): Promise<ChildProcess> {
    const { databaseUrl, walletUrl } = this.#modules.ground
    const child = spawn(process.execPath, [PAY_LOOP, databaseUrl, walletUrl], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child.once('exit', (code) => {
      if (code !== null) this.#wrong.push(`the process that pays ended by itself, with ${code}`)
    })
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
    // Nobody reads its log, but it must not wait for a reader.
    child.stdout.resume()
    return child
  }

  async #happen(): Promise<void> {
    const { random, say } = this.#modules
    const events: Readonly<Record<string, readonly [probability: number, event: () => Promise<void>]>> = {
      blocks: [0.4, () => this.#mineSome()],
      reorganisation: [0.12, () => this.#modules.ground.reorganise(Math.ceil(random.between(0, 4)))],
      'higher fee': [0.25, () => this.#wantHigherFee()],
      'node restarted': [0.04, () => this.#modules.ground.restartNode()],
      'wallet restored': [0.03, () => this.#modules.ground.restoreWallet()],
      'coins spent elsewhere': [0.04, () => this.#spendElsewhere()],
    }
    for (const [name, [probability, event]] of Object.entries(events)) {
      if (!random.happens(probability)) continue
      say(`kill ${this.#kills}: ${name}`)
      count(this.#events, name)
      await event()
    }
  }

  async #mineSome(): Promise<void> {
    await this.#modules.ground.mine(Math.ceil(this.#modules.random.between(0, 4)))
  }

  async #wantHigherFee(): Promise<void> {
    const { db } = this.#modules.ground
    const open = await listOpenPayouts(db.pool, MAX_LISTED)
    const waiting = this.#modules.random.oneOf(open.filter(({ state }) => state === 'broadcast'))
    if (waiting !== undefined) await requestBump(db, waiting.id, 'chaos', Date.now())
  }

  /** Somebody with the keys spends a coin of a payout under way, and a block has it. */
  async #spendElsewhere(): Promise<void> {
    const { ground, random } = this.#modules
    const open = await listLiveBatches(ground.db.pool, MAX_HEIGHT)
    const coins = open.flatMap(({ state, versions }) =>
      state === 'confirmed' ? [] : versions.flatMap(({ unsigned }) => outpointsOf(unsigned)),
    )
    const coin = random.oneOf(coins)
    if (coin === undefined) return
    const input = { txid: coin.txid, vout: coin.index }
    const unspent = await ground.node.rpc<{ value: number } | null>('gettxout', [
      input.txid,
      input.vout,
      false,
    ])
    if (unspent === null) return
    const to = await ground.rich<string>('getnewaddress')
    const amount = (unspent.value - FOREIGN_FEE_BTC).toFixed(8)
    const raw = await ground.funds<string>('createrawtransaction', [[input], [{ [to]: amount }]])
    const { hex, complete } = await ground.funds<{ hex: string; complete: boolean }>(
      'signrawtransactionwithwallet',
      [raw],
    )
    if (!complete) return
    // An operator who says so: without it nothing would be paid any more.
    const { txid } = await ground.node.rpc<{ txid: string }>('decoderawtransaction', [hex])
    await declareSends(ground.db, [txid], 'chaos', { author: 'chaos', atMs: Date.now() })
    await ground.node.rpc('generateblock', [to, [hex]])
    await ground.fund(2)
  }

  /** Nothing happens any more but runs and blocks. */
  async #comeToRest(): Promise<void> {
    const { ground } = this.#modules
    const child = await this.#start()
    for (let round = 0; round < QUIET_ROUNDS && this.#wrong.length === 0; round++) {
      await requestPlan(ground.db, 'chaos', Date.now())
      await sleep(QUIET_MS)
      await ground.mine(1)
      const isOpen = (await listOpenPayouts(ground.db.pool, 1)).length > 0
      if (!isOpen && (await listDue(ground.db.pool, Date.now())).length === 0) break
    }
    await sleep(QUIET_MS)
    await kill(child)
  }

  async #look(isEnd: boolean): Promise<void> {
    const { db } = this.#modules.ground
    this.#wrong.push(...(await this.#debts.wronged(isEnd)))
    for (const { code, subject, detail } of await checkLedger(db.pool))
      this.#wrong.push(`the ledger: ${code} of ${subject}: ${detail}`)
    if (!isEnd) return
    for (const { id, state, problem } of await listOpenPayouts(db.pool, MAX_LISTED))
      this.#wrong.push(`payout ${id} is still ${state} ${problem?.detail ?? ''}`)
    const { problem } = await readControl(db.pool)
    if (problem !== undefined) this.#wrong.push(`payouts do not go on: ${problem.detail}`)
  }
}

async function countMade({ db }: PayGround): Promise<{ batches: number; versions: number }> {
  return { batches: await db.prisma.payoutBatch.count(), versions: await db.prisma.payoutVersion.count() }
}

/** As power that fails, for one process. */
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
