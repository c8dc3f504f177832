import type { BlockHeader } from '@headframe/core/chain/header'
import type { Network } from '@headframe/core/chain/network'
import { periodOf } from '@headframe/core/chain/difficulty-period'
import { chooseTip, type TipChoice } from '@headframe/core/node/choose-tip'
import type { Log } from '../log.js'
import { NodeWatch, tipOf, type News, type Offer, type TipSource } from './node-watch.js'
import type { Node } from './open-nodes.js'
import { describeNodes, type NodeReport } from './describe-nodes.js'
import type { RpcClient } from './rpc-client.js'
import type { TemplateReader } from './template-reader.js'
import { TipWindow } from './tip-window.js'
import type { Work, WorkKind } from './work.js'
import { WorkDesk, type NamedOffer, type WorkDeskOptions } from './work-desk.js'
import { WorkRefresh } from './work-refresh.js'

export interface NodeSetOptions extends WorkDeskOptions {
  readonly network: Network
  /** How often each node is looked at when it gives no sign. */
  readonly pollMs: number
  /** Without a node that confirms the tip for so long, there is no honest work. */
  readonly tipMaxSilenceMs: number
}

/** Told of what happens, for the metrics. */
export interface NodeSetObserver {
  readonly onTip: (source: TipSource, tip: { readonly height: number; readonly heardAtMs: number }) => void
  readonly onTemplate: (node: string, offer: Offer) => void
  /** `sinceTipSeconds`: from the sign of the tip until every process was told; only for the first work of a kind. */
  readonly onWork: (kind: WorkKind, sinceTipSeconds: number | undefined) => void
}

export interface NodeSetModules {
  readonly nodes: readonly Node[]
  /** One a node, in the same order, for calls that wait. */
  readonly longpollRpcs: readonly RpcClient[]
  readonly reader: TemplateReader
  readonly log: Log
  readonly nowMs: () => number
  readonly monotonicMs: () => number
  /** Makes the job and tells everybody, before it returns. */
  readonly onWork: (work: Work) => void
  /** There is no honest work any more; miners are to go elsewhere until the next `onWork`. */
  readonly onNoWork: (message: string) => void
  readonly onTip: (height: number) => void
  /** The state of a node has changed. */
  readonly onStatus: () => void
  readonly observer: NodeSetObserver
}

interface CurrentTip {
  readonly hash: string
  readonly height: number
  readonly chainwork: bigint
  readonly heardAtMs: number
  /** When a node that is in order last said that it is the tip. */
  confirmedAtMs: number
}

const TICK_MS = 250
/** A node that is behind the best tip for so long lags; until then it may just be hearing of it. */
const LAG_AFTER_MS = 5_000
/** A tip whose nodes are all away, and that no other has heard of for so long, is theirs alone: a block spreads in less. */
const UNHEARD_AFTER_MS = 1_500

/**
 * All nodes of the pool as one source of work. Which tip miners work on is decided by `chooseTip`, whose template they
 * get by the desk; a node that lags, fails, is away or is on another chain is left out until it recovers.
 */
export class NodeSet {
  readonly #options: NodeSetOptions
  readonly #modules: NodeSetModules
  readonly #watches: readonly NodeWatch[]
  readonly #window: TipWindow
  readonly #desk: WorkDesk
  readonly #refresh: WorkRefresh
  readonly #behindSinceMs = new Map<NodeWatch, number>()
  #tip: CurrentTip | undefined
  /** Why miners have no work. */
  #noWork: string | undefined
  #timers: NodeJS.Timeout[] = []

  constructor(options: NodeSetOptions, modules: NodeSetModules) {
    this.#options = options
    this.#modules = modules
    const { nodes, longpollRpcs, reader, log, nowMs, monotonicMs } = modules
    this.#window = new TipWindow(options.network, log)
    this.#desk = new WorkDesk(options, { log, nowMs, onWork: (work) => this.#hand(work) })
    this.#refresh = new WorkRefresh(options.feeRisePercent, log, this.#desk, {
      tipHash: () => this.#tip?.hash,
      onTip: () => this.#watches.filter((watch) => this.#isOnTip(watch)),
      offers: () => this.#offers(),
      isStopped: () => this.#stopReason() !== undefined,
    })
    const hears = {
      place: (hash: string, header: BlockHeader) => this.#window.place(hash, header),
      onClaim: (watch: NodeWatch, news: News) => this.#onClaim(watch, news),
      onOffer: (watch: NodeWatch, offer: Offer) => this.#onOffer(watch, offer),
      onStatus: (watch: NodeWatch) => this.#onStatus(watch),
    }
    this.#watches = nodes.map((node, index) => {
      const longpollRpc = longpollRpcs[index]!
      return new NodeWatch(options.network, { node, longpollRpc, reader, log, nowMs, monotonicMs, hears })
    })
  }

  /** Ready when each node has said how it is, or was silent for too long. */
  async start(): Promise<void> {
    await this.look()
    const lookAll = () => void this.look('poll')
    this.#timers = [setInterval(lookAll, this.#options.pollMs), setInterval(() => this.#tick(), TICK_MS)]
  }

  /** Looks at every node now, because there may be a new tip. */
  async look(source: TipSource = 'poll'): Promise<void> {
    await Promise.all(this.#watches.map((watch) => watch.look(source)))
  }

  report(): NodeReport {
    const window = this.#tip && this.#window.of(this.#tip.hash)
    const nodes = describeNodes(this.#watches, this.#tip?.hash, this.#desk, this.#modules.nowMs())
    return { ...nodes, period: window && periodOf(window) }
  }

  /** Miners were sent away for a reason of somebody else's; the next template is new to them. */
  forgetWork(): void {
    this.#desk.clear()
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await Promise.all(this.#watches.map((watch) => watch.close()))
  }

  #onClaim(watch: NodeWatch, news: News): void {
    this.#decide(news, watch, false)
    if (this.#tip === undefined || watch.claim?.hash !== this.#tip.hash) return
    this.#tip.confirmedAtMs = this.#modules.nowMs()
    if (watch.isHealthy) this.#useOffer(watch)
    this.#resume()
  }

  #decide(news: News, watch: NodeWatch | undefined, isSilent: boolean): void {
    const claims = this.#watches.flatMap((each) =>
      each.claim === undefined ? [] : [{ ...each.claim, node: each.name, isHealthy: each.isHeard }],
    )
    const choice = chooseTip(this.#tip, claims, isSilent)
    if (choice === undefined) return
    const chosen = this.#watches.find(({ name }) => name === choice.claim.node)!
    this.#switch(choice, chosen, watch === chosen ? news : { ...news, header: undefined })
  }

  #switch({ claim, reason }: TipChoice, watch: NodeWatch, { source, heardAtMs, header }: News): void {
    const { log, nowMs, onTip, observer } = this.#modules
    const { hash, chainwork } = claim
    const { height } = watch.claim!
    const before = this.#tip?.hash
    this.#tip = { hash, height, chainwork, heardAtMs, confirmedAtMs: nowMs() }
    this.#desk.clear()
    this.#refresh.reset()
    const offer = this.#offerOf(watch)
    if (this.#window.advance(hash, header)) this.#postEmpty(watch)
    else void this.#loadWindow(watch, hash)
    log.info({ hash, height, node: watch.name, source, reason, before }, 'new tip')
    observer.onTip(source, this.#tip)
    onTip(height)
    if (offer !== undefined) this.#onOffer(watch, offer)
    else void watch.fetch()
  }

  /** Miners have the tip's full work in most cases before this is done; then it serves the next tip. */
  async #loadWindow(watch: NodeWatch, hash: string): Promise<void> {
    if ((await this.#window.load(watch.rpc, hash)) && this.#tip?.hash === hash) this.#postEmpty(watch)
  }

  #postEmpty(watch: NodeWatch): void {
    const window = this.#tip && this.#window.of(this.#tip.hash)
    if (window !== undefined && this.#stopReason() === undefined) this.#desk.postEmpty(window, watch.name)
  }

  /** The node's template, if it is one of the current tip. */
  #offerOf({ offer }: NodeWatch): Offer | undefined {
    return offer !== undefined && tipOf(offer.template) === this.#tip?.hash ? offer : undefined
  }

  #offers(): NamedOffer[] {
    return this.#watches.flatMap((watch) => {
      const offer = watch.isHealthy ? this.#offerOf(watch) : undefined
      return offer === undefined ? [] : [{ node: watch.name, offer }]
    })
  }

  #onOffer(watch: NodeWatch, offer: Offer): void {
    this.#modules.observer.onTemplate(watch.name, offer)
    if (this.#offerOf(watch) === offer && watch.isHealthy) this.#take(watch, offer)
  }

  /** A template may have come while its node was not in order: it is not asked for twice, and not forgotten either. */
  #useOffer(watch: NodeWatch): void {
    const offer = this.#offerOf(watch)
    if (offer === undefined) void watch.fetch()
    else if (!this.#desk.hasFullWork) this.#take(watch, offer)
  }

  #take(watch: NodeWatch, offer: Offer): void {
    if (this.#stopReason() === undefined) this.#desk.take({ node: watch.name, offer })
  }

  #hand(work: Work): void {
    const { onWork, observer, monotonicMs, log } = this.#modules
    this.#refresh.reset()
    this.#noWork = undefined
    try {
      onWork(work)
    } catch (error) {
      // A coinbase that cannot be built: miners keep what they have.
      this.#desk.clear()
      return log.error({ err: error }, 'no job can be made of a template')
    }
    const isFirst = work.kind !== 'refresh' && this.#tip !== undefined
    const sinceTipSeconds = isFirst ? (monotonicMs() - this.#tip!.heardAtMs) / 1_000 : undefined
    observer.onWork(work.kind, sinceTipSeconds)
  }

  #onStatus(watch: NodeWatch): void {
    const { log, onStatus } = this.#modules
    const level = watch.status.state === 'ok' ? 'info' : 'error'
    log[level]({ node: watch.name, ...watch.status }, `node ${watch.status.state}`)
    const reason = this.#stopReason()
    if (reason !== undefined) this.#withdraw(reason)
    onStatus()
  }

  /** One node that knows of the rule is enough: the others may be too old to know that their blocks are invalid. */
  #stopReason(): string | undefined {
    const watch = this.#watches.find(({ status }) => status.state === 'unknown-rule')
    return watch && `${watch.name}: ${watch.status.message}`
  }

  #withdraw(message: string): void {
    if (this.#noWork !== undefined) return
    this.#noWork = message
    this.#desk.clear()
    this.#modules.log.error({ reason: message }, 'there is no honest work; closing miners')
    this.#modules.onNoWork(message)
  }

  /** Takes miners back when the reason is gone: by a template that is there, or by the next one. */
  #resume(): void {
    if (this.#noWork === undefined || this.#stopReason() !== undefined) return
    this.#noWork = undefined
    this.#modules.log.info('there is honest work again')
    for (const watch of this.#watches) if (this.#isOnTip(watch)) void watch.fetch()
  }

  #isOnTip(watch: NodeWatch): boolean {
    return watch.isHealthy && watch.claim?.hash === this.#tip?.hash
  }

  #tick(): void {
    const nowMs = this.#modules.nowMs()
    for (const watch of this.#watches) watch.setLagging(this.#isBehind(watch, nowMs))
    this.#checkSilence(nowMs)
    this.#refresh.tick(nowMs)
  }

  #isBehind(watch: NodeWatch, nowMs: number): boolean {
    const isBehind = watch.claim !== undefined && watch.claim.chainwork < (this.#tip?.chainwork ?? 0n)
    if (!isBehind) this.#behindSinceMs.delete(watch)
    else if (!this.#behindSinceMs.has(watch)) this.#behindSinceMs.set(watch, nowMs)
    return isBehind && nowMs - this.#behindSinceMs.get(watch)! >= LAG_AFTER_MS
  }

  #checkSilence(nowMs: number): void {
    if (this.#tip === undefined || nowMs - this.#tip.confirmedAtMs < UNHEARD_AFTER_MS) return
    const heardAtMs = this.#modules.monotonicMs()
    this.#decide({ source: 'poll', heardAtMs, header: undefined }, undefined, true)
    const silentMs = nowMs - this.#tip.confirmedAtMs
    if (silentMs < this.#options.tipMaxSilenceMs) return
    this.#withdraw(`No node has confirmed the tip for ${Math.round(silentMs / 1_000)} s.`)
  }
}
