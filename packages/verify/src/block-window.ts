import { SCORE_UNIT } from '@headframe/core/accounting/score'
import type { BlockStatement, SharePlace } from '@headframe/core/published/block-statement'

/** Whether `a` stands before `b` in the order of shares. */
export function isBefore(a: SharePlace, b: SharePlace): boolean {
  return a.position < b.position || (a.position === b.position && a.index < b.index)
}

/** What a block's window is found to hold, when all its shares have been read. */
export interface WindowFound {
  /** By name, with no more of the share on the edge than fits. */
  readonly scores: ReadonlyMap<string, bigint>
  readonly total: bigint
  /** Why it is not the window that the rule asks for; undefined when it is. */
  readonly problem: string | undefined
}

/**
 * The window of one block, filled from its oldest share on, as a log is read. The block says where its window begins, and
 * it is checked at the end that it begins there by the rule: a share later would not fill it, and a share earlier would
 * be one too many.
 */
export class BlockWindow {
  readonly statement: BlockStatement
  readonly #start: SharePlace
  readonly #end: SharePlace
  readonly #scores = new Map<string, bigint>()
  #edge: { readonly name: string; readonly score: bigint } | undefined
  #behindEdge = 0n

  constructor(statement: BlockStatement, start: SharePlace) {
    this.statement = statement
    this.#start = start
    this.#end = statement.windowEnd
  }

  /** Whether a whole segment lies inside, its edge not among it. */
  covers(position: number): boolean {
    return this.#start.position < position && position < this.#end.position
  }

  /** Adds the shares of a whole segment by name. */
  addSums(scores: ReadonlyMap<string, bigint>): void {
    for (const [name, score] of scores) this.#add(name, score)
  }

  /** Adds a PPLNS share if it lies inside. */
  addShare(place: SharePlace, name: string, score: bigint): void {
    if (isBefore(place, this.#start) || !isBefore(place, this.#end)) return
    if (place.position === this.#start.position && place.index === this.#start.index)
      this.#edge = { name, score }
    else this.#add(name, score)
  }

  /** `isFirst`: whether no PPLNS share of the log stands before its start. */
  result(isFirst: boolean): WindowFound {
    const length = BigInt(this.statement.windowUnits) * SCORE_UNIT
    const missing = length - this.#behindEdge
    const problem = this.#problemOf(missing, isFirst)
    const scores = new Map(this.#scores)
    const edge = this.#edge
    if (edge === undefined || missing <= 0n) return { scores, total: this.#behindEdge, problem }
    const taken = edge.score < missing ? edge.score : missing
    scores.set(edge.name, (scores.get(edge.name) ?? 0n) + taken)
    return { scores, total: this.#behindEdge + taken, problem }
  }

  #problemOf(missing: bigint, isFirst: boolean): string | undefined {
    const { position, index } = this.#start
    if (this.#edge === undefined) return `there is no PPLNS share at ${position}/${index}, where it begins`
    if (missing <= 0n) return `it is full before ${position}/${index}, where it begins`
    if (this.#edge.score < missing && !isFirst) return `it begins at ${position}/${index} and is not full`
    return undefined
  }

  #add(name: string, score: bigint): void {
    this.#scores.set(name, (this.#scores.get(name) ?? 0n) + score)
    this.#behindEdge += score
  }
}
