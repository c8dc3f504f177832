/** Values of the last while, a value a look. */
export class Recent {
  readonly #withinMs: number
  #values: { readonly atMs: number; readonly value: number }[] = []

  constructor(withinMs: number) {
    this.#withinMs = withinMs
  }

  add(atMs: number, value: number): void {
    this.#forget(atMs)
    this.#values.push({ atMs, value })
  }

  most(nowMs: number): number {
    this.#forget(nowMs)
    return Math.max(0, ...this.#values.map(({ value }) => value))
  }

  sum(nowMs: number): number {
    this.#forget(nowMs)
    return this.#values.reduce((total, { value }) => total + value, 0)
  }

  #forget(nowMs: number): void {
    this.#values = this.#values.filter(({ atMs }) => nowMs - atMs < this.#withinMs)
  }
}
