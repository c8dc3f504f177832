import type { WorkerRecord } from '@headframe/core/journal/segment'
import type { BlockStatement, SharePlace } from '@headframe/core/published/block-statement'
import { BlockWindow, isBefore, type WindowFound } from './block-window.js'

/** The share that is a block. */
export interface WinningShare {
  readonly place: SharePlace
  /** Whose it is, and by which scheme he mines. */
  readonly worker: Pick<WorkerRecord, 'address' | 'mode'>
}

/** What the shares say of a block. */
export interface ShareEvidence {
  /** Undefined for a block without a window. */
  readonly window: WindowFound | undefined
  /** Undefined when it is not in the log. */
  readonly winningShare: WinningShare | undefined
  /** PPLNS shares before its end were seen at all. */
  readonly hasEarlierShare: boolean
  /** Whether all its shares were there to be read. */
  readonly isComplete: boolean
  /** Faults that were found within its window. */
  readonly faultsWithin: number
}

interface OpenBlock {
  readonly statement: BlockStatement
  readonly window: BlockWindow | undefined
  faultsBefore: number | undefined
  /** Undefined until all its shares were read. */
  faultsAfter: number | undefined
}

/** Fills the windows of all blocks in one pass over the shares. As many are open at a time as blocks share a window. */
export class BlockWindows {
  /** By where they begin, the last first. */
  readonly #waiting: OpenBlock[]
  readonly #open = new Map<string, OpenBlock>()
  readonly #winning = new Map<string, WinningShare | undefined>()
  #firstRead: SharePlace | undefined
  #firstPplns: SharePlace | undefined
  #sums = new Map<string, bigint>()
  #position = 0
  readonly #readsFromStart: boolean

  /** `readsFromStart`: whether the first share that is read is the first of the log. */
  constructor(statements: readonly BlockStatement[], readsFromStart: boolean) {
    this.#readsFromStart = readsFromStart
    const blocks = statements.map((statement) => {
      const { hash, windowStart } = statement
      this.#winning.set(hash, undefined)
      const window = windowStart && new BlockWindow(statement, windowStart)
      return { statement, window, faultsBefore: undefined, faultsAfter: undefined }
    })
    this.#waiting = blocks.sort((a, b) => (isBefore(startOf(a.statement), startOf(b.statement)) ? 1 : -1))
  }

  /** Before the shares of a segment. */
  beginSegment(position: number, faultCount: number): void {
    this.#firstRead ??= { position, index: 0 }
    this.#position = position
    this.#sums = new Map()
    for (const open of this.#open.values()) {
      if (open.statement.windowEnd.position < position) open.faultsAfter ??= faultCount
    }
    for (let next = this.#waiting.at(-1); next !== undefined; next = this.#waiting.at(-1)) {
      if (startOf(next.statement).position > position) return
      this.#waiting.pop()
      next.faultsBefore = faultCount
      this.#open.set(next.statement.hash, next)
    }
  }

  addShare(
    index: number,
    worker: WinningShare['worker'],
    score: bigint,
    blockHash: string | undefined,
  ): void {
    const place = { position: this.#position, index }
    if (blockHash !== undefined && this.#winning.has(blockHash))
      this.#winning.set(blockHash, { place, worker })
    if (worker.mode !== 'pplns') return
    const name = worker.address
    this.#firstPplns ??= place
    this.#sums.set(name, (this.#sums.get(name) ?? 0n) + score)
    for (const { window } of this.#open.values()) {
      if (window?.covers(this.#position) === false) window.addShare(place, name, score)
    }
  }

  endSegment(): void {
    for (const { window } of this.#open.values()) {
      if (window?.covers(this.#position) === true) window.addSums(this.#sums)
    }
  }

  /** All shares before its end were read: what they say of the block, which is then forgotten. */
  close(statement: BlockStatement, faultCount: number): ShareEvidence {
    const { hash, windowEnd } = statement
    const open = this.#open.get(hash)
    this.#open.delete(hash)
    const winningShare = this.#winning.get(hash)
    this.#winning.delete(hash)
    const start = startOf(statement)
    const first = this.#firstPplns
    const isFirst = this.#readsFromStart && first !== undefined && !isBefore(first, start)
    return {
      window: open?.window?.result(isFirst),
      winningShare,
      hasEarlierShare: first !== undefined && isBefore(first, windowEnd),
      isComplete: this.#firstRead !== undefined && !isBefore(start, this.#firstRead),
      faultsWithin: (open?.faultsAfter ?? faultCount) - (open?.faultsBefore ?? faultCount),
    }
  }
}

/** Where the first of its shares stands; of a block without a window, the winning one. */
function startOf({ windowStart, windowEnd }: BlockStatement): SharePlace {
  return windowStart ?? { position: windowEnd.position, index: Math.max(0, windowEnd.index - 1) }
}
