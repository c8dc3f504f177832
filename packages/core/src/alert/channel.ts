/** Ways to reach an owner, each a queue of its own. */
export const CHANNEL_KINDS = ['email', 'telegram', 'discord', 'ntfy', 'nostr', 'webhook'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

/** Where a channel leads. It is kept sealed, and shown as a hint alone. */
export type ChannelTarget =
  | { readonly kind: 'email'; readonly address: string }
  /** Without a token the pool's own bot writes. */
  | { readonly kind: 'telegram'; readonly chatId: string; readonly token?: string | undefined }
  | { readonly kind: 'discord'; readonly url: string }
  /** Without a server the pool's. */
  | {
      readonly kind: 'ntfy'
      readonly topic: string
      readonly server?: string | undefined
      readonly token?: string | undefined
    }
  /** `publicKey` is 32 bytes as hex; without relays the pool's. */
  | { readonly kind: 'nostr'; readonly publicKey: string; readonly relays: readonly string[] }
  /** `secret` is 32 bytes as hex. */
  | { readonly kind: 'webhook'; readonly url: string; readonly secret: string }

export const MAX_CHANNELS = 10
export const MAX_RELAYS = 5
const MAX_URL_CHARS = 500

/** A local part without quotes, and a domain with a dot: what mailboxes have. No control character passes. */
const EMAIL =
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?=.{4,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z\d]$/i
const CHAT_ID = /^(-?\d{1,20}|@\w{4,64})$/
const BOT_TOKEN = /^\d{3,20}:[\w-]{20,100}$/
const NTFY_TOPIC = /^[\w-]{1,64}$/
const TOKEN = /^[\w.~+/=-]{1,200}$/
const HEX_32 = /^[0-9a-f]{64}$/
const DISCORD_PATH = /^\/api\/(v\d+\/)?webhooks\/\d+\/[\w-]+\/?$/

/** What is wrong with a target, for a person; null when it may be tried. `discordUrl` is where webhooks live. */
export function problemOfTarget(target: ChannelTarget, discordUrl: string): string | null {
  switch (target.kind) {
    case 'email':
      return EMAIL.test(target.address) ? null : 'This is no e-mail address such as name@example.org.'
    case 'telegram':
      if (!CHAT_ID.test(target.chatId)) return 'A chat is a number such as 123456789, or @channelname.'
      return target.token === undefined || BOT_TOKEN.test(target.token)
        ? null
        : 'A bot token looks like 123456789:AA..., as @BotFather gives it.'
    case 'discord':
      return isUrlUnder(target.url, discordUrl, DISCORD_PATH)
        ? null
        : `A Discord webhook is a URL such as ${discordUrl}/api/webhooks/...`
    case 'ntfy':
      return problemOfNtfy(target)
    case 'nostr':
      return problemOfNostr(target)
    case 'webhook':
      if (!HEX_32.test(target.secret)) return 'The secret of a webhook is 32 bytes.'
      return isUrlOf(target.url, 'https:', 'http:') ? null : 'A webhook is a URL that starts with https://.'
  }
}

/** What a target is shown as: enough to know it again, too little to use it. */
export function hintOfTarget(target: ChannelTarget): string {
  switch (target.kind) {
    case 'email': {
      const [name = '', domain = ''] = target.address.split('@')
      return `${name.slice(0, 1)}***@${domain}`
    }
    case 'telegram':
      return `chat ${masked(target.chatId)}${target.token === undefined ? '' : ', own bot'}`
    case 'discord':
      return `webhook ${masked(new URL(target.url).pathname.split('/').at(-2) ?? '')}`
    case 'ntfy': {
      const server = target.server === undefined ? '' : ` at ${new URL(target.server).host}`
      return `${masked(target.topic)}${server}`
    }
    case 'nostr':
      return `key ${target.publicKey.slice(0, 8)}...`
    case 'webhook':
      return new URL(target.url).host
  }
}

/** What the sealed box of a channel is bound to, so that one owner's cannot be passed off as another's. */
export function boxContext(ownerId: number, kind: ChannelKind): string {
  return `headframe alert channel ${ownerId} ${kind}`
}

function problemOfNtfy({ topic, server, token }: Extract<ChannelTarget, { kind: 'ntfy' }>): string | null {
  if (!NTFY_TOPIC.test(topic)) return 'A topic has up to 64 letters, digits, - and _.'
  if (token !== undefined && !TOKEN.test(token)) return 'An access token of ntfy looks like tk_...'
  return server === undefined || isUrlOf(server, 'https:', 'http:')
    ? null
    : 'A server is a URL such as https://ntfy.example.org.'
}

function problemOfNostr({ publicKey, relays }: Extract<ChannelTarget, { kind: 'nostr' }>): string | null {
  if (!HEX_32.test(publicKey)) return 'A Nostr key is 32 bytes, or npub1...'
  if (relays.length > MAX_RELAYS) return `At most ${MAX_RELAYS} relays.`
  return relays.every((relay) => isUrlOf(relay, 'wss:', 'ws:'))
    ? null
    : 'A relay is a URL such as wss://relay.example.org.'
}

function masked(text: string): string {
  return text.length <= 4 ? '***' : `${text.slice(0, 2)}***${text.slice(-2)}`
}

/** Whether it is a URL of one of these protocols, without a user in it. */
function isUrlOf(text: string, ...protocols: string[]): boolean {
  if (text.length > MAX_URL_CHARS || !URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return protocols.includes(protocol) && username === '' && password === ''
}

function isUrlUnder(text: string, base: string, path: RegExp): boolean {
  if (!isUrlOf(text, 'https:', 'http:')) return false
  const url = new URL(text)
  return url.origin === new URL(base).origin && path.test(url.pathname) && url.hash === ''
}
