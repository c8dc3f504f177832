import type { Place } from './operation-of'

/** Not the address of anybody. */
const ADDRESS = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
const HASH = '000000000000000000012c8a4d7e5b9f3a6d1c0e8b7f4a2d9c5e1b3f6a8d0c7e'
const SAMPLES: Readonly<Record<string, string>> = {
  address: ADDRESS,
  hash: HASH,
  number: '1',
  position: '1',
  id: '7',
}

/** How one would call it from a shell. */
export function curlOf({ method, path, operation }: Place, origin: string): string {
  const { parameters, requestBody, security, responses } = operation
  const sample = (name: string, example?: string) => example ?? SAMPLES[name] ?? 'VALUE'
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => sample(name))
  const query = parameters
    .filter(
      (parameter) => parameter.in === 'query' && (parameter.required || parameter.example !== undefined),
    )
    .map(({ name, example }) => `${name}=${encodeURIComponent(sample(name, example))}`)
    .join('&')
  const url = `${origin}${filled}${query === '' ? '' : `?${query}`}`
  const streams = Object.keys(responses['200']?.content ?? {}).includes('text/event-stream')
  return [
    `curl${streams ? ' --no-buffer' : ''}${method === 'GET' ? '' : ` --request ${method}`} '${url}'`,
    ...(security.length === 0 ? [] : ["  --header 'Authorization: Bearer hf_...'"]),
    ...(requestBody === undefined ? [] : [`  --json '${bodyOf(requestBody)}'`]),
  ].join(' \\\n')
}

function bodyOf({ content }: NonNullable<Place['operation']['requestBody']>): string {
  const [media] = Object.values(content)
  const fields = Object.entries(media?.schema.properties ?? {})
  return JSON.stringify(Object.fromEntries(fields.map(([name, field]) => [name, valueOf(field)])))
}

function valueOf({ type, enum: values, items }: Place['operation']['parameters'][number]['schema']): unknown {
  if (values !== undefined) return values[0]
  if (type === 'array') return items === undefined ? [] : [valueOf(items)]
  if (type === 'boolean') return true
  return type === 'integer' || type === 'number' ? 30 : 'text'
}
