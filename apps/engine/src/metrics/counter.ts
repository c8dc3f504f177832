import { Metric, type LabelValues, type MetricOptions } from './metric.js'

/** Only grows, from the start of the process. */
export class Counter extends Metric<number> {
  readonly type = 'counter'

  constructor(options: MetricOptions) {
    super(options)
    // Without labels it is there from the start, so that its first step is seen as one.
    if (options.labels === undefined) this.add([], 0)
  }

  add(labels: LabelValues = [], by = 1): void {
    const entry = this.entry(labels, () => 0)
    if (entry !== undefined) entry.value += by
  }

  protected lines(labels: LabelValues, value: number): string[] {
    return [this.line('', labels, value)]
  }
}
