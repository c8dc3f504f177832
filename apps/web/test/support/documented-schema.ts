import type { Spec } from '../../src/server/api/specify'
import { openApi } from '../../src/server/api/openapi/document'

interface Answer {
  readonly content: Readonly<Record<string, { readonly schema: object; readonly example: unknown }>>
}

/** What the document says that a procedure answers with: a schema that stands on its own, and an example. */
export function documentedSchema({ rest }: Spec): { readonly schema: object; readonly example: unknown } {
  const document = openApi()
  const path = document.paths[rest.path] as Record<string, { readonly responses: { readonly '200': Answer } }>
  const operation = path[rest.method.toLowerCase()]!
  const [media] = Object.values(operation.responses['200'].content)
  if (media === undefined) throw new Error(`${rest.path} has no documented answer`)
  return { schema: { ...media.schema, components: document.components }, example: media.example }
}
