const PLACEHOLDER = /<(=?)([\w.]+)>/g

/** Text with `<name>` for what is filled in, or kept from what was read. */
export class WireTemplate {
  readonly #kept: Map<string, string>

  constructor(known: Readonly<Record<string, string>>) {
    this.#kept = new Map(Object.entries(known))
  }

  keep(name: string, value: string): void {
    this.#kept.set(name, value)
  }

  read(name: string): string {
    const value = this.#kept.get(name)
    if (value === undefined) throw new Error(`nothing is known as <${name}>`)
    return value
  }

  fill(text: string): string {
    return text.replace(PLACEHOLDER, (_all, _mark, name: string) => this.read(name))
  }

  /** Compares a line with a pattern: `<name>` is kept, `<=name>` was kept before, `<any>` is passed over. */
  match(pattern: string, line: string): void {
    const names: string[] = []
    // Text, mark and name by turns.
    const parts = pattern.split(PLACEHOLDER).map((part, index, all) => {
      if (index % 3 === 0) return escaped(part)
      if (index % 3 === 1) return ''
      if (all[index - 1] === '=') return escaped(this.read(part))
      names.push(part)
      return '([^"]*?)'
    })
    const found = new RegExp(`^${parts.join('')}$`).exec(line)
    if (found === null) throw new Error(`the client needs ${this.#shown(pattern)}\nand the pool says ${line}`)
    for (const [index, name] of names.entries()) if (name !== 'any') this.keep(name, found[index + 1]!)
  }

  #shown(pattern: string): string {
    return pattern.replace(/<=([\w.]+)>/g, (_all, name: string) => this.read(name))
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
