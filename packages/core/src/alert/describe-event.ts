import type { AlertEvent, AlertFacts } from './event.js'
import { OPERATOR_RULES } from './rules.js'
import { formatAmount, formatHashrate, formatSi, formatSpan } from './words.js'

export interface Described {
  /** Some words; events of the same title are counted in a group. */
  readonly title: string
  /** One or two sentences. */
  readonly text: string
  /** The page that has more; undefined: the owner's. */
  readonly path?: string | undefined
}

/** By `ChangedSetting` of the database; what is newer than these words is still told. */
const SETTING_WORDS: Readonly<Record<string, string>> = {
  'payout-threshold': 'Your payout threshold was changed',
  'payout-address':
    'Another address to pay you at was asked for; it is in force after a delay, and can be cancelled',
  'payout-address-cancelled': 'A change of the address to pay you at was cancelled',
  privacy: 'Who may see your pages was changed',
  'view-key': 'The view key of your pages was changed',
  worker: 'The name or the notes of a worker were changed',
}

/** An event in plain words. */
export function describeEvent(event: AlertEvent): Described {
  const { rule, what, facts } = event
  const isOver = what === 'ended'
  switch (rule) {
    case 'worker-down':
      return describeWorker(event, isOver)
    case 'hashrate-low':
      return describeHashrate(facts, isOver)
    case 'rejects':
      return describeRejects(facts, isOver)
    case 'best-share':
      return {
        title: 'New best share',
        text: `${nameOfWorker(facts['worker'])} has found a share of difficulty ${formatSi(number(facts, 'difficulty')).trim()}, your best so far.`,
      }
    case 'own-block':
    case 'pool-block':
    case 'block':
      return describeBlock(event)
    case 'payout-planned':
      return { title: 'Payout planned', text: `${amount(facts)} will be paid to you. Nothing is sent yet.` }
    case 'payout-sent':
      return {
        title: 'Payout sent',
        text: `${amount(facts)} is on its way to you: transaction ${facts['txid']}.`,
      }
    case 'payout-confirmed':
      return {
        title: 'Payout confirmed',
        text: `${amount(facts)} has arrived: transaction ${facts['txid']}, in block ${facts['height']}.`,
      }
    case 'settings-changed':
      return {
        title: 'Settings changed',
        text: `${SETTING_WORDS[String(facts['setting'])] ?? 'A setting of your address was changed'}, by ${facts['author']}. If that was not you, look at your settings at once.`,
      }
    case 'channel-failing':
    case 'delivery-failing':
      return {
        title: 'A channel fails',
        text: `A message could not be delivered by the channel "${facts['name']}": ${facts['answer']}`,
      }
    case 'test':
      return { title: 'Test message', text: 'This channel works.' }
    case 'verify':
      return {
        title: 'Confirm this channel',
        text: `The code is ${facts['code']}. It holds for ${formatSpan(number(facts, 'validMs'))}. If you did not ask for it, do nothing.`,
      }
    default:
      return describeCondition(rule, facts, isOver)
  }
}

/** Of the operators' rules each look brings its own sentence. */
function describeCondition(rule: keyof typeof OPERATOR_RULES, facts: AlertFacts, isOver: boolean): Described {
  const { title } = OPERATOR_RULES[rule]
  const path = typeof facts['path'] === 'string' ? facts['path'] : '/status'
  const message = String(facts['message'])
  return isOver ? { title: `Over: ${title}`, text: `Over: ${message}`, path } : { title, text: message, path }
}

function describeWorker({ atMs, facts }: AlertEvent, isBack: boolean): Described {
  const worker = nameOfWorker(facts['worker'])
  const since = number(facts, 'sinceMs')
  return isBack
    ? { title: 'Worker back', text: `${worker} sends shares again, after ${formatSpan(atMs - since)}.` }
    : { title: 'Worker down', text: `${worker} has sent no share for ${formatSpan(atMs - since)}.` }
}

function describeHashrate(facts: AlertFacts, isOver: boolean): Described {
  const now = formatHashrate(number(facts, 'hashrate'))
  const usual = formatHashrate(number(facts, 'baseline'))
  return isOver
    ? { title: 'Hashrate back', text: `The last full hour had ${now}; ${usual} is usual.` }
    : {
        title: 'Hashrate low',
        text: `The last full hour had ${now}, ${facts['percentBelow']} % below the usual ${usual}.`,
      }
}

function describeRejects(facts: AlertFacts, isOver: boolean): Described {
  const share = `${facts['rejected']} of ${facts['total']} shares of the last hour were rejected`
  return isOver
    ? { title: 'Rejects are down', text: `Only ${share}.` }
    : {
        title: 'Many rejects',
        text: `${share} (${facts['percent']} %), most of them as ${facts['reason']}.`,
      }
}

function describeBlock({ rule, what, facts }: AlertEvent): Described {
  const who = rule === 'own-block' ? `Your worker ${nameOfWorker(facts['worker'], true)}` : `The pool`
  const path = `/blocks/${facts['hash']}`
  return what === 'stale'
    ? {
        title: 'Block not kept',
        text: `The network did not keep block ${facts['height']}, which ${rule === 'own-block' ? 'you' : 'the pool'} found: another block holds its place, and it pays nothing.`,
        path,
      }
    : { title: 'Block found', text: `${who} has found block ${facts['height']}.`, path }
}

/** Anybody may mine to an address under any name: a link in it is none. */
function nameOfWorker(name: string | number | undefined, isBare = false): string {
  if (name === '' || name === undefined) return isBare ? 'without a name' : 'The worker without a name'
  const shown = String(name).replaceAll('://', ': //')
  return isBare ? `"${shown}"` : `Worker "${shown}"`
}

function number(facts: AlertFacts, name: string): number {
  return Number(facts[name] ?? 0)
}

function amount(facts: AlertFacts): string {
  return formatAmount(String(facts['sats'] ?? '0'))
}
