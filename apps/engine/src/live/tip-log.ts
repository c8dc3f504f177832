import type { LiveTip } from '@headframe/core/live/live-feed'
import type { NodeFeed } from './node-feed.js'

/** Tips that are remembered. */
export const MAX_TIPS = 60

/** A process has sent a tip's first job to all its miners. */
export interface WorkSent {
  readonly height: number
  readonly minerCount: number
  /** From when the first of them had it until the last. */
  readonly spreadMs: number
}

/** Told of what the nodes bring. */
interface Observer {
  readonly onTip: (source: string, tip: { readonly height: number; readonly heardAtMs: number }) => void
  readonly onTemplate: (node: string, offer: { readonly parseMs: number }) => void
  readonly onWork: (kind: string, sinceTipSeconds: number | undefined) => void
}

export interface TipLogModules {
  /** Who is told of the same. */
  readonly metrics: Observer
  readonly nowMs: () => number
  readonly monotonicMs: () => number
  readonly feed: Pick<NodeFeed, 'reportTips'>
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** How fast miners were brought to each new tip: what the metrics count, one tip at a time, for the page of the pool. */
export class TipLog implements Observer {
  readonly #modules: TipLogModules
  /** The newest first. */
  readonly #tips: Mutable<LiveTip>[] = []
  #heardAtMs = 0

  constructor(modules: TipLogModules) {
    this.#modules = modules
  }

  readonly onTip: Observer['onTip'] = (source, tip) => {
    const { metrics, nowMs, monotonicMs } = this.#modules
    metrics.onTip(source, tip)
    this.#heardAtMs = tip.heardAtMs
    const atMs = nowMs() - Math.max(0, Math.round(monotonicMs() - tip.heardAtMs))
    this.#tips.unshift({ height: tip.height, atMs, source, minerCount: 0 })
    this.#tips.length = Math.min(this.#tips.length, MAX_TIPS)
  }

  readonly onTemplate: Observer['onTemplate'] = (node, offer) => {
    this.#modules.metrics.onTemplate(node, offer)
  }

  readonly onWork: Observer['onWork'] = (kind, sinceTipSeconds) => {
    this.#modules.metrics.onWork(kind, sinceTipSeconds)
    const tip = this.#tips[0]
    if (sinceTipSeconds === undefined || tip === undefined || tip.jobMs !== undefined) return
    tip.jobMs = rounded(sinceTipSeconds * 1_000)
    this.#report()
  }

  onSent({ height, minerCount, spreadMs }: WorkSent): void {
    const tip = this.#tips[0]
    if (tip === undefined || height !== tip.height + 1) return
    const lastMs = rounded(this.#modules.monotonicMs() - this.#heardAtMs)
    tip.firstNotifyMs = Math.min(tip.firstNotifyMs ?? Infinity, rounded(lastMs - spreadMs))
    tip.lastNotifyMs = Math.max(tip.lastNotifyMs ?? 0, lastMs)
    tip.minerCount += minerCount
    this.#report()
  }

  #report(): void {
    void this.#modules.feed.reportTips({ tips: this.#tips })
  }
}

/** To a hundredth of a ms, which is finer than the clocks of two processes agree. */
const rounded = (ms: number): number => Math.max(0, Math.round(ms * 100) / 100)
