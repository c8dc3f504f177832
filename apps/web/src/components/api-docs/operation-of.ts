import type { OpenApi } from '../../server/api/openapi/document'

/** What the reference shows of one operation of the document. */
export interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly security: readonly object[]
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: BodySchema }>> }
  readonly responses: Readonly<Record<string, Answer>>
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly description?: string
  readonly example?: string
  readonly schema: FieldSchema
}

export interface FieldSchema {
  readonly type?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly items?: FieldSchema
}

interface BodySchema {
  readonly properties: Readonly<Record<string, FieldSchema>>
  readonly required: readonly string[]
}

interface Answer {
  readonly description: string
  readonly content?: Readonly<Record<string, { readonly example?: unknown }>>
}

export interface Place {
  readonly method: string
  /** From the root of the server. */
  readonly path: string
  readonly operation: Operation
}

/** Every operation, in the order of the document. */
export function placesOf({ paths, servers }: OpenApi): Place[] {
  return Object.entries(paths).flatMap(([path, { servers: own, ...operations }]) => {
    const [server] = (own ?? servers) as readonly { readonly url: string }[]
    const root = server?.url.replace(/\/$/, '') ?? ''
    return Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: root + path,
      operation: operation as Operation,
    }))
  })
}
