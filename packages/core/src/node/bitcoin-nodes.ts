/** A Bitcoin node that the pool works with: how it is reached. */
export interface BitcoinNode {
  /** What it is called in logs, metrics and on pages: `host:port` of its RPC unless it was given a name. */
  readonly name: string
  /** Of its RPC: `http://host:port`, with user and password in it or in the cookie file. */
  readonly url: string
  readonly cookieFile: string | undefined
  /** Its `zmqpubhashblock` and `zmqpubrawblock`, `tcp://host:port`. */
  readonly hashblockUrl: string | undefined
  readonly rawblockUrl: string | undefined
}

type Setting = 'name' | 'cookie' | 'hashblock' | 'rawblock'
const SETTINGS: readonly Setting[] = ['name', 'cookie', 'hashblock', 'rawblock']
/** More would only ask each other. */
const MAX_NODES = 8
const NAME = /^[\w.:[\]-]{1,64}$/

/**
 * Reads the nodes' text form, one behind each semicolon:
 * `http://user:password@127.0.0.1:8332 hashblock=tcp://127.0.0.1:28332 rawblock=tcp://127.0.0.1:28333 name=near;
 * http://10.0.0.2:8332 cookie=/var/lib/bitcoin/.cookie`. Everything but the URL may be left out.
 * Throws an Error that names the part and what it takes, and never repeats a password.
 */
export function parseBitcoinNodes(text: string): BitcoinNode[] {
  const nodes = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseNode)
  if (nodes.length === 0) throw new Error('names no node; try "http://user:password@127.0.0.1:8332"')
  if (nodes.length > MAX_NODES) throw new Error(`names ${nodes.length} nodes; at most ${MAX_NODES}`)
  const seen = new Set<string>()
  for (const { name } of nodes) {
    if (seen.has(name)) throw new Error(`names the node ${name} twice`)
    seen.add(name)
  }
  return nodes
}

/** The text form, which `parseBitcoinNodes` reads back. */
export function formatBitcoinNodes(nodes: readonly BitcoinNode[]): string {
  return nodes.map(formatNode).join('; ')
}

function formatNode({ name, url, cookieFile, hashblockUrl, rawblockUrl }: BitcoinNode): string {
  const given = { name, cookie: cookieFile, hashblock: hashblockUrl, rawblock: rawblockUrl }
  const words = SETTINGS.filter((setting) => given[setting] !== undefined)
  return [url, ...words.map((setting) => `${setting}=${given[setting]!}`)].join(' ')
}

function parseNode(part: string): BitcoinNode {
  const [url = '', ...words] = part.split(/\s+/)
  if (!URL.canParse(url) || new URL(url).protocol !== 'http:')
    throw new Error('each node takes first a URL that starts with http://')
  const { host } = new URL(url)
  const settings = new Map<Setting, string>()
  for (const word of words) {
    const at = word.indexOf('=')
    const setting = SETTINGS.find((known) => known === word.slice(0, at))
    if (setting === undefined || at === word.length - 1)
      throw new Error(`node ${host}: "${word}" is not one of ${SETTINGS.join('=, ')}=`)
    settings.set(setting, word.slice(at + 1))
  }
  const name = settings.get('name') ?? host
  if (!NAME.test(name)) throw new Error(`node ${host}: a name has up to 64 letters, digits, or .:_-`)
  return {
    name,
    url,
    cookieFile: settings.get('cookie'),
    hashblockUrl: zmqUrl(host, settings.get('hashblock')),
    rawblockUrl: zmqUrl(host, settings.get('rawblock')),
  }
}

function zmqUrl(host: string, text: string | undefined): string | undefined {
  if (text === undefined || (URL.canParse(text) && new URL(text).protocol === 'tcp:')) return text
  throw new Error(`node ${host}: "${text}" is not a URL that starts with tcp://`)
}
