import type { Bitcoind } from '@headframe/local/bitcoind'

interface NodeTip {
  readonly bestblockhash: string
  readonly chainwork: string
}

/**
 * Which tips are the best, by the nodes that are up, and since when. There are two while the nodes disagree at equal
 * work: either is then right to work on.
 */
export class TipClock {
  readonly #up: () => readonly Bitcoind[]
  #tips: ReadonlySet<string> = new Set()
  #sinceMs = 0
  /** Best tips that were replaced. */
  changes = 0

  constructor(up: () => readonly Bitcoind[]) {
    this.#up = up
  }

  /** Display order. Empty while no node is up. */
  get tips(): ReadonlySet<string> {
    return this.#tips
  }

  /** When they became the best ones, on the clock of `look`. */
  get sinceMs(): number {
    return this.#sinceMs
  }

  /** Asks the nodes. One that does not answer is on its way up or down, and counts as down. */
  async look(nowMs: number): Promise<void> {
    const answers = await Promise.all(
      this.#up().map(({ rpc }) => rpc<NodeTip>('getblockchaininfo').catch(() => undefined)),
    )
    const known = answers.filter((answer) => answer !== undefined)
    const most = known.reduce((work, { chainwork }) => (chainwork > work ? chainwork : work), '')
    const tips = new Set(known.filter(({ chainwork }) => chainwork === most).map((tip) => tip.bestblockhash))
    if (isSame(tips, this.#tips)) return
    this.#tips = tips
    this.#sinceMs = nowMs
    this.changes++
  }
}

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((tip) => b.has(tip))
