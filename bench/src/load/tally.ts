/** What became of the shares of a run, over all miners of a load process. */
export interface AnswerCounts {
  readonly sent: number
  readonly accepted: number
  /** Refused shares by error code. */
  readonly refused: Readonly<Record<string, number>>
  /** From the write of a share to the read of its answer, one for each accepted share. */
  readonly latenciesMs: Float64Array
}

/** Latencies kept of one run; what comes beyond is counted, and no more. */
const MAX_LATENCIES = 1 << 21
const FIRST_CAPACITY = 1 << 14

/** Counts without an allocation an answer. */
export class Tally {
  sent = 0
  accepted = 0
  readonly #refused = new Map<string, number>()
  #latenciesMs = new Float64Array(FIRST_CAPACITY)
  #latencyCount = 0

  noteAccepted(latencyMs: number): void {
    this.accepted++
    if (this.#latencyCount === MAX_LATENCIES) return
    if (this.#latencyCount === this.#latenciesMs.length) this.#grow()
    this.#latenciesMs[this.#latencyCount++] = latencyMs
  }

  noteRefused(code: string): void {
    this.#refused.set(code, (this.#refused.get(code) ?? 0) + 1)
  }

  /** What was counted since the last call. */
  take(): AnswerCounts {
    const counts = {
      sent: this.sent,
      accepted: this.accepted,
      refused: Object.fromEntries(this.#refused),
      latenciesMs: this.#latenciesMs.slice(0, this.#latencyCount),
    }
    this.sent = 0
    this.accepted = 0
    this.#refused.clear()
    this.#latencyCount = 0
    return counts
  }

  #grow(): void {
    const grown = new Float64Array(this.#latenciesMs.length * 2)
    grown.set(this.#latenciesMs)
    this.#latenciesMs = grown
  }
}

/** The counts of several processes as one. */
export function sumCounts(counts: readonly AnswerCounts[]): AnswerCounts {
  const refused: Record<string, number> = {}
  for (const one of counts) {
    for (const [code, count] of Object.entries(one.refused)) refused[code] = (refused[code] ?? 0) + count
  }
  const latenciesMs = new Float64Array(counts.reduce((sum, one) => sum + one.latenciesMs.length, 0))
  let at = 0
  for (const one of counts) {
    latenciesMs.set(one.latenciesMs, at)
    at += one.latenciesMs.length
  }
  return {
    sent: counts.reduce((sum, one) => sum + one.sent, 0),
    accepted: counts.reduce((sum, one) => sum + one.accepted, 0),
    refused,
    latenciesMs,
  }
}
