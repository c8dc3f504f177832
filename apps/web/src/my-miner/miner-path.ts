/**
 * Where the page of a miner is. Takes what people have at hand: an address, or a username with the worker behind a
 * dot or underscore, neither of which stands in an address. Undefined for nothing.
 */
export function minerPath(text: string): string | undefined {
  const [address = ''] = text.trim().split(/[._]/)
  return address === '' ? undefined : `/miners/${encodeURIComponent(address)}`
}
