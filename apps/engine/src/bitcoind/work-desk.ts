import type { ChainWindow } from '@headframe/core/chain/chain-window'
import type { WorkReason } from '@headframe/core/live/live-system'
import { emptyTemplate, type LastTemplate } from '@headframe/core/template/empty-template'
import type { Log } from '../log.js'
import { isWorthIt } from './fee-look.js'
import type { Offer } from './node-watch.js'
import type { Work, WorkKind } from './work.js'

export interface WorkDeskOptions {
  readonly refreshMs: number
  /** Fees that are more by this share are handed out at once. */
  readonly feeRisePercent: number
  readonly hasEmptyJobs: boolean
}

export interface WorkDeskModules {
  readonly log: Log
  readonly nowMs: () => number
  /** Makes the job and tells everybody, before it returns. */
  readonly onWork: (work: Work) => void
}

export interface Posted {
  readonly kind: WorkKind
  readonly feesSats: bigint
  readonly node: string
  readonly atMs: number
}

export interface NamedOffer {
  readonly node: string
  readonly offer: Offer
}

/** Which template of the current tip becomes work, and when. Knows nothing of nodes but their names. */
export class WorkDesk {
  readonly #options: WorkDeskOptions
  readonly #modules: WorkDeskModules
  #posted: Posted | undefined
  /** Of whatever tip: what an empty template takes from it. */
  #last: LastTemplate | undefined
  #chosen: string | undefined

  constructor(options: WorkDeskOptions, modules: WorkDeskModules) {
    this.#options = options
    this.#modules = modules
  }

  /** What miners have of the current tip; undefined while they have nothing of it. */
  get posted(): Posted | undefined {
    return this.#posted
  }

  /** Whether miners have all that a template of the current tip offers. */
  get hasFullWork(): boolean {
    return this.#posted !== undefined && this.#posted.kind !== 'empty'
  }

  /** Whose template miners have, or had on the tip before. */
  get chosen(): string | undefined {
    return this.#chosen
  }

  /** There is another tip, or miners were sent away: what comes next is new to them. */
  clear(): void {
    this.#posted = undefined
  }

  /** The first work of a tip; nothing when it is not wanted, or what a job has to be like is not known yet. */
  postEmpty(window: ChainWindow, node: string): void {
    if (!this.#options.hasEmptyJobs || this.#last === undefined || this.#posted !== undefined) return
    const template = emptyTemplate(window, this.#last, Math.floor(this.#modules.nowMs() / 1_000))
    if (template !== undefined)
      this.#post({ kind: 'empty', reason: 'new-tip', template, isNewTip: true, node })
  }

  /** A template of the current tip: the first is work at once, a later one when it pays enough more. */
  take({ node, offer }: NamedOffer): void {
    this.#last = offer.template
    if (!this.hasFullWork) this.#postOffer('first-template', { node, offer })
    else if (isWorthIt(offer.template.feesSats, this.#posted!.feesSats, this.#options.feeRisePercent))
      this.#postOffer('fees', { node, offer })
  }

  get isRefreshDue(): boolean {
    return this.#posted !== undefined && this.#modules.nowMs() - this.#posted.atMs >= this.#options.refreshMs
  }

  /** Hands out what pays most of these, which are all of the current tip. */
  postBest(offers: readonly NamedOffer[]): void {
    const best = bestOffer(offers, this.#chosen)
    if (best === undefined) return
    this.#postOffer(this.hasFullWork ? 'age' : 'first-template', best)
  }

  #postOffer(reason: WorkReason, { node, offer: { template } }: NamedOffer): void {
    if (node !== this.#chosen) {
      const { feesSats, transactionCount } = template
      const before = this.#chosen
      this.#modules.log.info({ node, before, feesSats, transactionCount }, 'another node gives the template')
    }
    this.#chosen = node
    this.#last = template
    const kind = reason === 'first-template' ? 'full' : 'refresh'
    this.#post({ kind, reason, template, isNewTip: this.#posted === undefined, node })
  }

  #post(work: Work): void {
    const { kind, template, node } = work
    this.#posted = { kind, node, feesSats: template.feesSats, atMs: this.#modules.nowMs() }
    this.#modules.onWork(work)
  }
}

/** Most fees; of equal ones that of the node that is in use, then the first in the order of the setting. */
export function bestOffer(offers: readonly NamedOffer[], chosen: string | undefined): NamedOffer | undefined {
  let best: NamedOffer | undefined
  for (const named of offers) {
    const { feesSats } = named.offer.template
    const bestSats = best?.offer.template.feesSats ?? -1n
    if (feesSats > bestSats || (feesSats === bestSats && named.node === chosen)) best = named
  }
  return best
}
