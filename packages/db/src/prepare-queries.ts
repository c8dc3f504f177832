import pg from 'pg'

/** Texts that are given names. A program has as many as its source; those beyond were built, and go without. */
export const MAX_PREPARED = 500

/**
 * Gives each text of a query with parameters a name, under which every connection has it parsed, and after a few times
 * planned, once. For programs that ask the same over and over: to plan a query of a page takes longer than to run it.
 */
export function prepareQueries(pool: pg.Pool): void {
  const names = new Map<string, string>()
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text)
    if (known !== undefined || names.size >= MAX_PREPARED) return known
    const name = `q${names.size}`
    names.set(text, name)
    return name
  }
  const query = pool.query.bind(pool) as (...given: unknown[]) => unknown
  const prepared = (text: unknown, values: unknown, ...rest: unknown[]): unknown => {
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : undefined
    return name === undefined ? query(text, values, ...rest) : query({ name, text, values }, ...rest)
  }
  Object.assign(pool, { query: prepared })
}
