import { z } from 'zod'
import { errorKind, type ErrorCode } from '../../error/kinds'
import type { Spec } from '../specify'
import { exampleOf } from './example'
import { jsonSchemaOf, type JsonSchema, type NamedSchemas } from './json-schema'

/** One procedure as an operation. */
export function operationOf(name: string, spec: Spec, named: NamedSchemas): JsonSchema {
  const { rest, access } = spec
  const parts = partsOfInput(spec, named)
  return {
    operationId: name,
    tags: [name.split('.', 1)[0]],
    summary: spec.summary,
    description: [spec.description, accessText(spec)].filter(Boolean).join('\n\n'),
    security: access === 'anybody' ? [] : [{ token: [] }],
    parameters: parts.parameters,
    ...(parts.body === undefined || rest.method === 'GET' ? {} : { requestBody: parts.body }),
    responses: { '200': answerOf(spec, named), ...problemsOf(spec) },
  }
}

function accessText({ access }: Spec): string {
  return access === 'anybody' ? '' : `Needs a token with the scope \`${access}\`.`
}

function partsOfInput({ input, rest, example = {} }: Spec, named: NamedSchemas) {
  const schema = jsonSchemaOf(input, 'input', named) as {
    readonly properties?: Readonly<Record<string, JsonSchema>>
    readonly required?: readonly string[]
  }
  const fields = input instanceof z.ZodObject ? Object.entries(schema.properties ?? {}) : []
  const isRequired = (field: string) => schema.required?.includes(field) ?? false
  const inPath = (field: string) => rest.path.includes(`{${field}}`)
  const parameters = fields
    .filter(([field]) => rest.method === 'GET' || inPath(field))
    .map(([field, { description, ...fieldSchema }]) => ({
      name: field,
      in: inPath(field) ? 'path' : 'query',
      required: inPath(field) || isRequired(field),
      ...(description === undefined ? {} : { description }),
      schema: withoutNull(fieldSchema),
      ...(example[field] === undefined ? {} : { example: example[field] }),
    }))
  const inBody = fields.filter(([field]) => !inPath(field))
  const body = {
    required: inBody.some(([field]) => isRequired(field)),
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: Object.fromEntries(inBody),
          required: inBody.map(([field]) => field).filter(isRequired),
        },
      },
    },
  }
  return { parameters, body: inBody.length === 0 ? undefined : body }
}

/** A query string cannot say null; leaving the field out says it. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema as { readonly anyOf?: readonly JsonSchema[] }
  if (anyOf === undefined) return schema
  const others = anyOf.filter(({ type }) => type !== 'null')
  const [only] = others
  return others.length === 1 ? { ...only, ...rest } : { ...rest, anyOf: others }
}

function answerOf(spec: Spec, named: NamedSchemas): JsonSchema {
  const whole = jsonSchemaOf(spec.output, 'output', named)
  const schema = withoutNull(whole)
  const type = spec.streams === true ? 'text/event-stream' : 'application/json'
  const note = spec.streams === true ? 'Events; the schema is that of the data of one.' : 'The answer.'
  return { description: note, content: { [type]: { schema, example: exampleOf(schema, named) } } }
}

/** What may go wrong, a line a status with the codes it may have. */
function problemsOf(spec: Spec): JsonSchema {
  const codes: ErrorCode[] = ['input-invalid', 'token-in-query', 'token-invalid', 'rate-limited', 'internal']
  if ('address' in fieldsOf(spec)) codes.push('address-invalid', 'not-started')
  if (spec.access !== 'anybody') codes.push('sign-in-needed', 'scope-missing')
  if (spec.absent !== undefined) codes.push('not-found')
  if (spec.rest.method !== 'GET') codes.push('body-not-json', 'body-too-large')
  if (spec.streams === true) codes.push('too-many-streams', 'streams-full')
  codes.push(...(spec.errors ?? []))
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  const statuses = new Set(codes.map((code) => errorKind(code).status))
  return Object.fromEntries(
    [...statuses].map((status) => {
      const ofStatus = [...new Set(codes)].filter((code) => errorKind(code).status === status)
      return [String(status), { description: ofStatus.map((code) => `\`${code}\``).join(', '), content }]
    }),
  )
}

function fieldsOf({ input }: Spec): object {
  return input instanceof z.ZodObject ? input.shape : {}
}
