import { MAX_BAN_MINUTES } from '@headframe/core/live/ban'
import type { LiveBan } from '@headframe/core/live/live-feed'
import { textTable } from '../text-table.js'
import { formatAddressKey, readAddressKey } from './address-key.js'

export const USAGE = `Lists, lifts and makes bans. They hold in every process of the pool within a second.

  bans                                  who is banned, by whom, why and until when
  bans lift ADDRESS                     lets an address in again
  bans ban ADDRESS MINUTES [REASON]     keeps an address out

An IPv6 address stands for its /64.
`

/** What the arguments ask for. `problem` is for a person. */
export type BanCommand =
  | { readonly kind: 'list' }
  | { readonly kind: 'lift'; readonly address: string }
  | { readonly kind: 'ban'; readonly address: string; readonly minutes: number; readonly reason: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'problem'; readonly problem: string }

const DEFAULT_REASON = 'banned by an operator'

/** Reads the arguments behind the program's name. */
export function parseBanCommand(args: readonly string[]): BanCommand {
  const [verb = 'list', address, minutes, ...words] = args
  if (verb === '--help' || verb === '-h' || verb === 'help') return { kind: 'help' }
  if (verb === 'list' && address === undefined) return { kind: 'list' }
  if (verb === 'lift' && minutes === undefined)
    return withAddress(address, (read) => ({ kind: 'lift', address: read }))
  if (verb === 'ban') return withAddress(address, (read) => banOf(read, minutes, words.join(' ')))
  return problem(`"${args.join(' ')}" is not understood.\n\n${USAGE}`)
}

/** The list as a table, times in UTC. */
export function formatBans(bans: readonly LiveBan[]): string {
  if (bans.length === 0) return 'Nobody is banned.'
  const rows = bans.map((ban) => [ban.address, timeOf(ban.sinceMs), timeOf(ban.untilMs), ban.by, ban.reason])
  return textTable(['ADDRESS', 'SINCE', 'UNTIL', 'BY', 'REASON'], rows)
}

export const timeOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

function banOf(address: string, minutesText: string | undefined, reason: string): BanCommand {
  const minutes = Number(minutesText)
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_BAN_MINUTES)
    return problem(
      `For how many minutes? A whole number from 1 to ${MAX_BAN_MINUTES}, not "${minutesText ?? ''}".`,
    )
  return { kind: 'ban', address, minutes, reason: reason === '' ? DEFAULT_REASON : reason }
}

function withAddress(text: string | undefined, then: (address: string) => BanCommand): BanCommand {
  const key = readAddressKey(text ?? '')
  return key === undefined
    ? problem(`"${text ?? ''}" is not an address such as 192.0.2.7 or 2001:db8::1.`)
    : then(formatAddressKey(key))
}

const problem = (text: string): BanCommand => ({ kind: 'problem', problem: text })
