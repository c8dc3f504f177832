/** Values of a metric's labels, in the order in which it was declared with them. */
export type LabelValues = readonly string[]

export interface MetricOptions {
  /** With its unit last: `_seconds`, `_bytes`; and `_total` behind what only grows. */
  readonly name: string
  /** One sentence for a person. */
  readonly help: string
  readonly labels?: readonly string[]
}

/** Combinations of label values a metric; further ones are not kept. Labels are names of nodes, states, methods. */
export const MAX_SERIES = 512

interface Series<Value> {
  readonly labels: LabelValues
  value: Value
}

/** What every kind of metric is: a value of its own for each combination of label values. */
export abstract class Metric<Value> {
  abstract readonly type: 'counter' | 'gauge' | 'histogram'
  readonly options: MetricOptions
  readonly #series = new Map<string, Series<Value>>()

  constructor(options: MetricOptions) {
    this.options = options
  }

  /** All that Prometheus reads of it (text format 0.0.4), a line each. */
  text(): string {
    const { name, help } = this.options
    const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} ${this.type}`]
    for (const { labels, value } of this.#series.values()) lines.push(...this.lines(labels, value))
    return lines.join('\n')
  }

  /** Forgets every value, for what is set anew each time somebody reads. */
  clear(): void {
    this.#series.clear()
  }

  protected abstract lines(labels: LabelValues, value: Value): string[]

  /** Undefined beyond MAX_SERIES. */
  protected entry(labels: LabelValues, initial: () => Value): Series<Value> | undefined {
    const key = labels.join('\0')
    const known = this.#series.get(key)
    if (known !== undefined || this.#series.size >= MAX_SERIES) return known
    const entry = { labels, value: initial() }
    this.#series.set(key, entry)
    return entry
  }

  protected line(suffix: string, labels: LabelValues, value: number, bound?: string): string {
    const pairs = labels.map((label, index) => `${this.options.labels![index]!}="${escaped(label)}"`)
    if (bound !== undefined) pairs.push(`le="${bound}"`)
    const braces = pairs.length === 0 ? '' : `{${pairs.join(',')}}`
    return `${this.options.name}${suffix}${braces} ${numberText(value)}`
  }
}

export function numberText(value: number): string {
  return Number.isFinite(value) || Number.isNaN(value) ? String(value) : value > 0 ? '+Inf' : '-Inf'
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')
