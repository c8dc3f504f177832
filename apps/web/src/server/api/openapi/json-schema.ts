import { z } from 'zod'
import { isSats } from '../../schema/values'

export type JsonSchema = Readonly<Record<string, unknown>>

/** Schemas that have a name, by it. */
export type NamedSchemas = Map<string, JsonSchema>

const HIGHEST_SATS = 2_100_000_000_000_000

/**
 * A schema as OpenAPI 3.1 has it: JSON Schema 2020-12 of what stands in JSON. What has a name goes to `named`, where the
 * document keeps it.
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output', named: NamedSchemas): JsonSchema {
  const {
    $schema: _,
    $defs = {},
    ...body
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => writeForJson(zodSchema, jsonSchema),
  })
  for (const [name, definition] of Object.entries($defs)) named.set(name, pointed(definition))
  return pointed(body)
}

/** A bigint as `writeJson` writes it. An answer may get more fields within a version, so it is not closed. */
function writeForJson(zodSchema: z.core.$ZodType, jsonSchema: z.core.JSONSchema.BaseSchema): void {
  delete jsonSchema.id
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  if (zodSchema._zod.def.type !== 'bigint') return
  if (isSats(zodSchema))
    Object.assign(jsonSchema, { type: 'integer', minimum: -HIGHEST_SATS, maximum: HIGHEST_SATS })
  else Object.assign(jsonSchema, { type: 'string', pattern: '^-?[0-9]+$' })
}

/** References to where the document keeps what has a name. */
function pointed(schema: object): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', '#/components/schemas/') : value,
  )
  return JSON.parse(text) as JsonSchema
}
