import { Counter } from './counter.js'
import { Gauge } from './gauge.js'
import { Histogram, type HistogramOptions } from './histogram.js'
import type { Metric, MetricOptions } from './metric.js'

/** Every metric of a process, in the order of declaration. A name is declared once. */
export class MetricRegistry {
  readonly #metrics = new Map<string, Metric<unknown>>()
  readonly #readers: (() => void)[] = []

  counter(options: MetricOptions): Counter {
    return this.#add(new Counter(options))
  }

  gauge(options: MetricOptions): Gauge {
    return this.#add(new Gauge(options))
  }

  histogram(options: HistogramOptions): Histogram {
    return this.#add(new Histogram(options))
  }

  /** Called before each reading: sets the gauges of what is only known when somebody asks. */
  beforeRead(set: () => void): void {
    this.#readers.push(set)
  }

  /** Prometheus text format 0.0.4. */
  text(): string {
    for (const set of this.#readers) set()
    return [...this.#metrics.values()].map((metric) => `${metric.text()}\n`).join('')
  }

  #add<T extends Metric<unknown>>(metric: T): T {
    const { name } = metric.options
    if (this.#metrics.has(name)) throw new Error(`the metric ${name} is declared twice`)
    this.#metrics.set(name, metric)
    return metric
  }
}
