import type { JsonSchema, NamedSchemas } from './json-schema'

const ADDRESS = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
const HASH = '000000000000000000012c8a4d7e5b9f3a6d1c0e8b7f4a2d9c5e1b3f6a8d0c7e'
const TIME_MS = 1_767_225_600_000

/** What a field of a name likely holds. */
const BY_NAME: readonly (readonly [RegExp, unknown])[] = [
  [/address$|^payee$|^finder$/i, ADDRESS],
  [/hash$|^txid$/i, HASH],
  [/(At|until|since|now)Ms$/i, TIME_MS],
  [/^height$|Height$/, 880_000],
  [/Sats$/, 312_500_000],
  [/hashesPerSecond/, 1.02e14],
  [/difficulty/i, 65_536],
  [/cursor/i, `${TIME_MS}-${HASH}`],
  [/basisPoints/i, 100],
  [/^port$/, 3333],
  [/^name$|workerName|^worker$/, 'garage'],
  [/userAgent/, 'bitaxe/BM1370/v2.9.0'],
]

/** An answer that a schema allows, for the reference: made up, and of plausible size. */
export function exampleOf(schema: JsonSchema, named: NamedSchemas, field = ''): unknown {
  const { $ref, anyOf, oneOf, const: constant, enum: values, type } = schema as SchemaParts
  if ($ref !== undefined) return exampleOf(named.get($ref.split('/').at(-1)!) ?? {}, named, field)
  if (constant !== undefined) return constant
  if (values !== undefined) return values[0]
  const choice = (oneOf ?? anyOf)?.[0]
  if (choice !== undefined) return exampleOf(choice, named, field)
  if (type === 'object') return exampleOfObject(schema, named, field)
  if (type === 'array') return exampleOfArray(schema, named, field)
  return exampleOfValue(type, schema, field)
}

interface SchemaParts extends JsonSchema {
  readonly $ref?: string
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly type?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema
  readonly items?: JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
}

function exampleOfObject({ properties = {} }: SchemaParts, named: NamedSchemas, _field: string): unknown {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, exampleOf(property, named, name)]),
  )
}

function exampleOfArray({ prefixItems, items }: SchemaParts, named: NamedSchemas, field: string): unknown {
  if (prefixItems !== undefined) return prefixItems.map((item) => exampleOf(item, named, field))
  return items === undefined ? [] : [exampleOf(items, named, field)]
}

function exampleOfValue(type: string | undefined, { pattern, minimum }: SchemaParts, field: string): unknown {
  const [, likely] = BY_NAME.find(([name]) => name.test(field)) ?? []
  if (type === 'boolean') return true
  if (type === 'number' || type === 'integer')
    return typeof likely === 'number'
      ? likely
      : Math.max(minimum !== undefined && minimum > 0 ? minimum : 0, 12)
  if (type === 'string' && pattern?.includes('0-9]+$')) return '1234567890123456789'
  if (type === 'string') return typeof likely === 'string' ? likely : 'text'
  return null
}
