import type { Bitcoind } from '@headframe/local/bitcoind'
import type { SentBlock } from './soak-miner.js'

/** Every block that the pool has taken from a miner. */
export class BlockLog {
  readonly #hashes: string[] = []
  /** What the pool said of those that it did not take, and how often. */
  readonly refused = new Map<string, number>()

  note({ hash, isAccepted, text }: SentBlock): void {
    if (isAccepted) this.#hashes.push(hash)
    else this.refused.set(text, (this.refused.get(text) ?? 0) + 1)
  }

  get count(): number {
    return this.#hashes.length
  }

  /** Those that no node knows, whether on its chain or beside it: they are lost. */
  async lost(nodes: readonly Bitcoind[]): Promise<string[]> {
    const lost: string[] = []
    for (const hash of this.#hashes) if (!(await this.#isKnown(hash, nodes))) lost.push(hash)
    return lost
  }

  async #isKnown(hash: string, nodes: readonly Bitcoind[]): Promise<boolean> {
    for (const { rpc } of nodes) {
      const isKnown = await rpc('getblockheader', [hash]).then(
        () => true,
        () => false,
      )
      if (isKnown) return true
    }
    return false
  }
}
