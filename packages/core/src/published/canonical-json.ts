/**
 * The one text of a JSON value, by which it is hashed and signed: RFC 8785 for what our documents are made of. No white
 * space, the names of an object in the order of their code units, integers without fraction or exponent.
 *
 * Throws RangeError for what has no place in such a document: a number that is no safe integer, undefined, a bigint.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new RangeError(`${value} is no integer`)
    return String(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object') throw new RangeError(`a ${typeof value} cannot stand in a document`)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`
}
