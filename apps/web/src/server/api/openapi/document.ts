import type { AnyRouter } from '@trpc/server'
import { appRouter } from '../../routers/root'
import { describeProcedures } from '../procedures'
import { FILE_PATHS } from './files'
import { problemSchema } from './problem-schema'
import type { JsonSchema, NamedSchemas } from './json-schema'
import { operationOf } from './operation'

/** Of the document, after https://semver.org: docs/api.md says what may change in each. */
export const API_VERSION = '1.0.0'
export const BASE_PATH = '/api/v1'

const DESCRIPTION =
  'Everything that a page of the pool shows, and what miners and operators do, as plain HTTP. Amounts are in ' +
  'satoshis and integers (`...Sats`), times in milliseconds since 1970 (`...Ms`); integers that may be too large ' +
  'for a double are decimal strings. A field that is absent is not known or does not apply.'

/** The whole API as an OpenAPI 3.1 document, made from the specs of its procedures. */
export function openApiDocument(router: AnyRouter) {
  const named: NamedSchemas = new Map([['Problem', problemSchema()]])
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { name, spec } of describeProcedures(router)) {
    if (spec === undefined) continue
    const { method, path } = spec.rest
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(name, spec, named) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Headframe', version: API_VERSION, description: DESCRIPTION, license: { name: 'MIT' } },
    servers: [{ url: BASE_PATH }],
    tags: tagsOf(router),
    paths: { ...paths, ...FILE_PATHS },
    components: {
      schemas: Object.fromEntries(named) as Record<string, JsonSchema>,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of the pool: `hf_...`.' },
      },
    },
  }
}

function tagsOf(router: AnyRouter): { readonly name: string }[] {
  const nouns = describeProcedures(router).map(({ name }) => name.split('.', 1)[0]!)
  return [...new Set([...nouns, 'log'])].map((name) => ({ name }))
}

let made: ReturnType<typeof openApiDocument> | undefined

/** Made once a process. */
export function openApi(): ReturnType<typeof openApiDocument> {
  return (made ??= openApiDocument(appRouter))
}
export type OpenApi = ReturnType<typeof openApiDocument>
