import { describeEvent } from './describe-event.js'
import type { AlertEvent } from './event.js'
import { momentFormat } from './quiet-hours.js'
import { ALERT_LEVELS, type AlertLevel } from './rules.js'

/** What one delivery says, before a channel gives it its form. Text alone: nothing in it is markup. */
export interface AlertMessage {
  /** One line without control characters. */
  readonly title: string
  readonly lines: readonly string[]
  /** The page that has more, as a whole URL. */
  readonly link: string
  readonly level: AlertLevel
}

export interface MessageContext {
  readonly poolName: string
  /** Of the web server, without a slash at the end. */
  readonly webUrl: string
  /** The page of the owner when the events are of several. */
  readonly ownerPath: string
  readonly timeZone: string
}

/** Events that a message spells out; it counts the others. */
export const MAX_LINES_A_MESSAGE = 20
const MAX_TITLE_CHARS = 120
const MAX_LINE_CHARS = 400

/** One message of all these events, the oldest first. */
export function composeMessage(events: readonly AlertEvent[], context: MessageContext): AlertMessage {
  const told = events.map((event) => ({ event, ...describeEvent(event) }))
  const [first] = told
  const momentOf = momentFormat(context.timeZone)
  if (first === undefined) throw new RangeError('a message tells at least one event')
  const shown = told.slice(0, MAX_LINES_A_MESSAGE).map(({ event, text }) => {
    const at = momentOf(event.atMs)
    return cleaned(event.rule === 'verify' ? text : `${text} (${at})`, MAX_LINE_CHARS)
  })
  const left = told.length - shown.length
  const lines = left === 0 ? shown : [...shown, `... and ${left} more, in the log of deliveries.`]
  const title = told.length === 1 ? first.title : groupTitle(told)
  const paths = new Set(told.map(({ path }) => path ?? context.ownerPath))
  const path = paths.size === 1 ? [...paths][0]! : context.ownerPath
  return {
    title: cleaned(`${context.poolName}: ${title}`, MAX_TITLE_CHARS),
    lines,
    link: `${context.webUrl}${path}`,
    level: highest(events.map(({ level }) => level)),
  }
}

/** The text of a channel that has no title of its own, at most `maxChars` (of UTF-16). */
export function textOfMessage({ title, lines, link }: AlertMessage, maxChars: number): string {
  const head = `${title}\n\n`
  const tail = `\n\n${link}`
  return `${head}${cut(lines.join('\n'), maxChars - head.length - tail.length)}${tail}`
}

export function cut(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  // Half of a pair would be no character.
  return `${text.slice(0, Math.max(0, maxChars - 3)).replace(/[\ud800-\udbff]$/, '')}...`
}

export function highest(levels: readonly AlertLevel[]): AlertLevel {
  return ALERT_LEVELS[Math.max(0, ...levels.map((level) => ALERT_LEVELS.indexOf(level)))]!
}

function groupTitle(told: readonly { readonly title: string }[]): string {
  const counts = new Map<string, number>()
  for (const { title } of told) counts.set(title, (counts.get(title) ?? 0) + 1)
  return [...counts].map(([title, count]) => (count === 1 ? title : `${title} (${count})`)).join(', ')
}

/** Names of workers and reasons of peers are other people's text: no line break, no control or direction mark passes. */
function cleaned(text: string, maxChars: number): string {
  return cut(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim(), maxChars)
}
