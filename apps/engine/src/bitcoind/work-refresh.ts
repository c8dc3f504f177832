import type { Log } from '../log.js'
import { FeeLook } from './fee-look.js'
import type { NodeWatch } from './node-watch.js'
import type { NamedOffer, WorkDesk } from './work-desk.js'

/** What of the nodes matters here. */
export interface CurrentNodes {
  /** The hash of the tip that miners work on. */
  readonly tipHash: () => string | undefined
  /** Those in order that are on it. */
  readonly onTip: () => readonly NodeWatch[]
  /** Their templates of it. */
  readonly offers: () => readonly NamedOffer[]
  /** There is no honest work at present. */
  readonly isStopped: () => boolean
}

/** Bitcoin Core makes no other template of the same tip within 5 s (`rpc/mining.cpp` getblocktemplate). */
const FEE_LOOK_MS = 6_000
/** How long a refresh waits for templates of the other nodes. */
const GATHER_MS = 3_000
/** Nodes that gave none are asked again after so long. */
const RETRY_MS = 5_000

/** Sees to it that work on one tip grows no older than is allowed, and no poorer than what the mempool has. */
export class WorkRefresh {
  readonly #desk: WorkDesk
  readonly #nodes: CurrentNodes
  readonly #feeLook: FeeLook
  #askedAtMs = -Infinity
  #feeLookedAtMs = 0

  constructor(feeRisePercent: number, log: Log, desk: WorkDesk, nodes: CurrentNodes) {
    this.#desk = desk
    this.#nodes = nodes
    this.#feeLook = new FeeLook(feeRisePercent, log)
  }

  /** There is new work, or a new tip. */
  reset(): void {
    this.#feeLook.reset()
  }

  tick(nowMs: number): void {
    if (this.#nodes.isStopped()) return
    if (this.#desk.isRefreshDue && nowMs - this.#askedAtMs >= RETRY_MS) void this.#refresh(nowMs)
    else if (nowMs - this.#feeLookedAtMs >= FEE_LOOK_MS) void this.#lookAtFees(nowMs)
  }

  /** A template of every node on the tip, as far as they come in time; then the best of them. */
  async #refresh(atMs: number): Promise<void> {
    this.#askedAtMs = atMs
    const { tipHash, onTip, offers, isStopped } = this.#nodes
    const hash = tipHash()
    await withinMs(Promise.all(onTip().map((watch) => watch.fetch())), GATHER_MS)
    if (tipHash() !== hash || isStopped() || !this.#desk.isRefreshDue) return
    this.#desk.postBest(offers().filter(({ offer }) => offer.atMs >= atMs))
  }

  async #lookAtFees(nowMs: number): Promise<void> {
    this.#feeLookedAtMs = nowMs
    const { posted } = this.#desk
    if (posted === undefined || posted.kind === 'empty' || nowMs - posted.atMs < FEE_LOOK_MS) return
    const watch = this.#nodes.onTip().find(({ name }) => name === posted.node)
    if (watch !== undefined && (await this.#feeLook.isDue(watch.rpc, posted.feesSats))) void watch.fetch()
  }
}

async function withinMs(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise((resolve) => (timer = setTimeout(resolve, ms)))
  await Promise.race([work, timeout])
  clearTimeout(timer)
}
