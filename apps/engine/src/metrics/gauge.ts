import { Metric, type LabelValues } from './metric.js'

/** What is so now. */
export class Gauge extends Metric<number> {
  readonly type = 'gauge'

  set(value: number, labels: LabelValues = []): void {
    const entry = this.entry(labels, () => value)
    if (entry !== undefined) entry.value = value
  }

  protected lines(labels: LabelValues, value: number): string[] {
    return [this.line('', labels, value)]
  }
}
