import { CHANNEL_KINDS, type ChannelTarget } from './channel.js'

/** Shape alone: of what was sealed in the database, which whoever can write there may have sealed himself. */
export function readTarget(json: string): ChannelTarget {
  const target: unknown = JSON.parse(json)
  if (typeof target !== 'object' || target === null) throw new TypeError('a channel target is an object')
  const fields = target as Readonly<Record<string, unknown>>
  const kind = CHANNEL_KINDS.find((known) => known === fields['kind'])
  const text = (name: string): string => {
    const value = fields[name]
    if (typeof value !== 'string') throw new TypeError(`a channel target of kind ${kind} has no ${name}`)
    return value
  }
  const maybe = (name: string): string | undefined => (fields[name] === undefined ? undefined : text(name))
  switch (kind) {
    case 'email':
      return { kind, address: text('address') }
    case 'telegram':
      return { kind, chatId: text('chatId'), token: maybe('token') }
    case 'discord':
      return { kind, url: text('url') }
    case 'ntfy':
      return { kind, topic: text('topic'), server: maybe('server'), token: maybe('token') }
    case 'nostr':
      return {
        kind,
        publicKey: text('publicKey'),
        relays: Array.isArray(fields['relays']) ? fields['relays'].map(String) : [],
      }
    case 'webhook':
      return { kind, url: text('url'), secret: text('secret') }
    case undefined:
      throw new TypeError('a channel target is of no known kind')
  }
}
