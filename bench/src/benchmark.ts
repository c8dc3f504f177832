import type { Row } from './report.js'

export interface BenchmarkOptions {
  /** A tenth of the miners: to see that the benchmark works, not to measure. */
  readonly isQuick: boolean
  /** Where made-up databases stay, for the next run; undefined: each run makes its own. */
  readonly seedsFolder: string | undefined
}

export type Benchmark = (options: BenchmarkOptions) => Row[] | Promise<Row[]>

/** So many miners, or a tenth of them. */
export function minersOf(count: number, { isQuick }: BenchmarkOptions): number {
  return isQuick ? Math.ceil(count / 10) : count
}

/** 20000 -> 20,000, as it stands in the name of a row. */
export function formatCount(count: number): string {
  return count.toLocaleString('en')
}
