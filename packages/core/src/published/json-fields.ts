/** A document that is not what it says it is. The message names the field. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'
}

const DECIMAL = /^(0|[1-9][0-9]{0,99})$/
const HEX = /^([0-9a-f]{2})*$/

/** Reads the fields of one JSON object; each method throws DocumentError with the field's place. */
export class JsonFields {
  readonly #fields: Readonly<Record<string, unknown>>
  readonly #what: string

  /** `what`: the object's place in words. */
  constructor(value: unknown, what: string) {
    this.#what = what
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new DocumentError(`${what} is no object`)
    }
    this.#fields = value as Readonly<Record<string, unknown>>
  }

  /** Throws unless the object is a document of this type and version. */
  expectType(type: string, version: number): void {
    if (this.#get('type') !== type || this.#get('version') !== version) {
      throw new DocumentError(`${this.#what} is no ${type} of version ${version}`)
    }
  }

  has(name: string): boolean {
    return this.#get(name) !== undefined
  }

  raw(name: string): unknown {
    return this.#get(name)
  }

  text(name: string): string {
    const value = this.#get(name)
    return typeof value === 'string' ? value : this.#refuse(name, 'a text')
  }

  /** One of `names`. */
  name<T extends string>(name: string, names: readonly T[]): T {
    const value = names.find((one) => one === this.#get(name))
    return value ?? this.#refuse(name, `one of ${names.join(', ')}`)
  }

  /** A whole number from 0. */
  count(name: string): number {
    const value = this.#get(name)
    return Number.isSafeInteger(value) && (value as number) >= 0
      ? (value as number)
      : this.#refuse(name, 'a whole number')
  }

  /** Satoshis, work, scores: decimal digits in a text. */
  big(name: string): bigint {
    const value = this.#get(name)
    return typeof value === 'string' && DECIMAL.test(value) ? BigInt(value) : this.#refuse(name, 'digits')
  }

  /** Lower-case hex of `bytes` bytes, of any number of them when that is undefined. */
  hex(name: string, bytes?: number): string {
    const value = this.#get(name)
    const isHex = typeof value === 'string' && HEX.test(value)
    if (isHex && (bytes === undefined || value.length === 2 * bytes)) return value
    return this.#refuse(name, bytes === undefined ? 'hex' : `${bytes} bytes of hex`)
  }

  list<T>(name: string, maxLength: number, read: (item: unknown, what: string) => T): T[] {
    const value = this.#get(name)
    if (!Array.isArray(value)) return this.#refuse(name, 'a list')
    if (value.length > maxLength) return this.#refuse(name, `a list of at most ${maxLength}`)
    return value.map((item, index) => read(item, `${this.#what}, ${name} ${index}`))
  }

  /** null is undefined; anything else is read. */
  optional<T>(name: string, read: (fields: this) => T): T | undefined {
    return this.#get(name) === null ? undefined : read(this)
  }

  object(name: string): JsonFields {
    return new JsonFields(this.#get(name), `${this.#what}, ${name}`)
  }

  #get(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined
  }

  #refuse(name: string, wanted: string): never {
    throw new DocumentError(`${this.#what}, ${name}: takes ${wanted}`)
  }
}

/** Hex of `bytes` bytes that stands in a list. */
export function readHex(value: unknown, what: string, bytes?: number): string {
  return new JsonFields({ item: value }, what).hex('item', bytes)
}
