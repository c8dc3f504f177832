/**
 * Keeps both ends of an address or hash: bcrt1qw508d6…f3t4xyz.
 *
 * The ends are what people compare; a string that would not get shorter is left as it is.
 */
export function shorten(text: string, head: number, tail: number): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(text.length - tail)}`
}
