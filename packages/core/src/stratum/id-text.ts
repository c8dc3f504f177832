const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/g

/**
 * The text of the number that stands under the key `id` of an object, in `text`, which is valid JSON: of several the
 * last, as `JSON.parse` takes it. The parser itself has made a double of it, which does not give every text back.
 */
export function idTextOf(text: string): string {
  let idText = ''
  let depth = 0
  let key: unknown
  let previous = ''
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    else if (depth === 1 && token === ':') key = JSON.parse(previous)
    else if (depth === 1 && previous === ':' && key === 'id') idText = token
    previous = token
  }
  return idText
}
