export interface StratumEndpoint {
  readonly host: string
  readonly port: number
}

/**
 * Reads `stratum+tcp://host:port` (also `tcp://host:port` and plain `host:port`).
 * Throws an Error that says what is wrong, in words for a person.
 */
export function parseStratumUrl(text: string): StratumEndpoint {
  const [, scheme, rest] = /^(?:([a-z0-9+]+):\/\/)?(.+)$/i.exec(text.trim()) ?? []
  if (rest === undefined) throw new Error('the URL is empty; it looks like stratum+tcp://pool.example:3333')
  if (scheme !== undefined && !/^(stratum\+)?tcp$/i.test(scheme)) {
    throw new Error(`"${scheme}" is not spoken here; use stratum+tcp://`)
  }
  const [, bracketed, plain, portText] = /^(?:\[([0-9a-f:.]+)\]|([^:/\s]+)):(\d{1,5})\/?$/i.exec(rest) ?? []
  const host = bracketed ?? plain
  const port = Number(portText)
  if (host === undefined || !(port >= 1 && port <= 65_535)) {
    throw new Error(`"${text}" has no host and port; it looks like stratum+tcp://pool.example:3333`)
  }
  return { host, port }
}
