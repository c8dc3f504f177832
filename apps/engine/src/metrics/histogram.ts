import { Metric, numberText, type LabelValues, type MetricOptions } from './metric.js'

export interface HistogramOptions extends MetricOptions {
  /** Upper bounds, inclusive, ascending; one without an end is added. */
  readonly bounds: readonly number[]
}

interface Tally {
  /** Values up to each bound and above the one before it, then those above the last. */
  readonly counts: number[]
  sum: number
}

/** How values are spread. */
export class Histogram extends Metric<Tally> {
  readonly type = 'histogram'
  readonly #bounds: readonly number[]

  constructor(options: HistogramOptions) {
    super(options)
    this.#bounds = options.bounds
  }

  observe(value: number, labels: LabelValues = []): void {
    const entry = this.entry(labels, () => ({ counts: this.#bounds.map(() => 0).concat(0), sum: 0 }))
    if (entry === undefined) return
    const at = this.#bounds.findIndex((bound) => value <= bound)
    const { counts } = entry.value
    counts[at === -1 ? counts.length - 1 : at]!++
    entry.value.sum += value
  }

  protected lines(labels: LabelValues, { counts, sum }: Tally): string[] {
    let total = 0
    const buckets = counts.map((count, index) => {
      total += count
      return this.line('_bucket', labels, total, numberText(this.#bounds[index] ?? Infinity))
    })
    return [...buckets, this.line('_sum', labels, sum), this.line('_count', labels, total)]
  }
}
