import { z } from 'zod'
import type { Spec } from '../api/specify'
import { refuse } from '../error/refuse'

/** Larger than anything the API takes. */
export const MAX_BODY_BYTES = 64 * 1024

/** How a token might be called by somebody who puts it into a query string. */
const TOKEN_NAMES = new Set(['token', 'access_token', 'api_key', 'apikey', 'key', 'authorization'])

/** The input of a procedure, from path, query string and body; zod has the last word on it. Throws ApiError. */
export async function readInput(
  { input, rest }: Spec,
  params: Readonly<Record<string, string>>,
  request: Request,
): Promise<unknown> {
  const query = new URL(request.url).searchParams
  refuseTokens(query)
  const given = rest.method === 'GET' ? fieldsOfQuery(query) : await readBody(request)
  if (!(input instanceof z.ZodObject)) {
    refuseUnknown(Object.keys(given), [])
    return undefined
  }
  const shape = input.shape as Record<string, z.ZodType>
  refuseUnknown(Object.keys(given), Object.keys(shape))
  const fields = Object.entries({ ...given, ...params })
  return Object.fromEntries(fields.map(([name, value]) => [name, fit(shape[name]!, value)]))
}

/** Addresses are written into logs and sent to others; what opens something must not stand there. */
export function refuseTokens(query: URLSearchParams): void {
  for (const [name, value] of query) {
    if (TOKEN_NAMES.has(name.toLowerCase()) || /^hf_[0-9A-Za-z]{20,}$/.test(value))
      throw refuse('token-in-query')
  }
}

function fieldsOfQuery(query: URLSearchParams): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const [name, value] of query) {
    if (name in fields) throw refuse('input-invalid', `${name} stands in the query string twice.`)
    fields[name] = value
  }
  return fields
}

async function readBody(request: Request): Promise<Record<string, unknown>> {
  const bytes = await readBytes(request)
  if (bytes.length === 0) return {}
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\b/i.test(type)) throw refuse('body-not-json')
  try {
    const body: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body }
  } catch {
    // Said below.
  }
  throw refuse('body-not-json')
}

/** Stops to read where it is too much, whatever the headers say. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  const reader = request.body?.getReader()
  let length = 0
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    length += next.value.length
    if (length > MAX_BODY_BYTES)
      throw refuse('body-too-large', `The body has more than ${MAX_BODY_BYTES} bytes.`)
    chunks.push(next.value)
  }
  return Buffer.concat(chunks)
}

/** A misspelt field that were passed over would be taken for one that had its effect. */
function refuseUnknown(given: readonly string[], known: readonly string[]): void {
  const strange = given.find((name) => !known.includes(name))
  if (strange === undefined) return
  const names = known.length === 0 ? 'It takes none.' : `It takes ${known.join(', ')}.`
  throw refuse('input-invalid', `There is no field ${JSON.stringify(strange.slice(0, 40))}. ${names}`)
}

/** A query string has only texts, and JSON no bigint. What does not fit is left for zod to speak of. */
function fit(schema: z.ZodType, value: unknown): unknown {
  const { type } = baseOf(schema)._zod.def
  if (type === 'number' && typeof value === 'string')
    return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  if (type === 'boolean' && typeof value === 'string') return { true: true, false: false }[value] ?? value
  if (type !== 'bigint') return value
  const isWhole = Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{1,80}$/.test(value))
  return isWhole ? BigInt(value as number | string) : value
}

function baseOf(schema: z.core.$ZodType): z.core.$ZodType {
  const def = schema._zod.def as { readonly innerType?: z.core.$ZodType; readonly in?: z.core.$ZodType }
  const inner = def.innerType ?? def.in
  return inner === undefined ? schema : baseOf(inner)
}
