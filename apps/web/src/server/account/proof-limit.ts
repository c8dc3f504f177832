/** Failed proofs that a client has in store. */
const MAX_FAILURES = 10
/** In which one of them is forgiven. */
const FORGIVE_MS = 30_000
/** Clients that are remembered; the one that failed longest ago goes. */
const MAX_CLIENTS = 10_000

interface Failures {
  count: number
  atMs: number
}

/**
 * How often one client may show a signature that does not hold. Guessing one is hopeless; this bounds what checking costs.
 * It counts by who asks and never by the address he asks for: nobody can lock out a miner, and nobody learns from it
 * whether there is one.
 */
export class ProofLimit {
  readonly #failures = new Map<string, Failures>()

  /** How long a client has to wait, in ms; 0: not at all. */
  waitMs(client: string, nowMs: number): number {
    const count = this.#countOf(client, nowMs)
    return count < MAX_FAILURES ? 0 : Math.ceil((count - MAX_FAILURES + 1) * FORGIVE_MS)
  }

  fail(client: string, nowMs: number): void {
    const count = Math.min(this.#countOf(client, nowMs) + 1, MAX_FAILURES)
    this.#failures.delete(client)
    this.#failures.set(client, { count, atMs: nowMs })
    if (this.#failures.size <= MAX_CLIENTS) return
    const [oldest] = this.#failures.keys()
    this.#failures.delete(oldest!)
  }

  #countOf(client: string, nowMs: number): number {
    const known = this.#failures.get(client)
    return known === undefined ? 0 : Math.max(0, known.count - (nowMs - known.atMs) / FORGIVE_MS)
  }
}

/** Next evaluates a module once a bundle; a process has one limit. */
const holder = globalThis as { headframeProofLimit?: ProofLimit }

export function proofLimit(): ProofLimit {
  return (holder.headframeProofLimit ??= new ProofLimit())
}
