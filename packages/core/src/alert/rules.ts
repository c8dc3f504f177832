/**
 * `info`: good to know. `warning`: something is not as it should be. `urgent`: money or work is being lost, and it may
 * break into quiet hours.
 */
export const ALERT_LEVELS = ['info', 'warning', 'urgent'] as const
export type AlertLevel = (typeof ALERT_LEVELS)[number]

/** A number that an owner may choose. */
export interface RuleParameter {
  readonly label: string
  readonly unit: string
  readonly default: number
  readonly min: number
  readonly max: number
}

export interface Rule {
  readonly title: string
  /** One sentence for whoever chooses. */
  readonly explanation: string
  readonly level: AlertLevel
  readonly isOnByDefault: boolean
  readonly parameters: Readonly<Record<string, RuleParameter>>
}

const minutes = (value: number, label = 'for at least', min = 1): RuleParameter => ({
  label,
  unit: 'minutes',
  default: value,
  min,
  max: 1_440,
})
const percent = (value: number, label: string, min: number, max: number): RuleParameter => ({
  label,
  unit: '%',
  default: value,
  min,
  max,
})

/** Of a miner, about his own machines and money. */
export const MINER_RULES = {
  'worker-down': {
    title: 'Worker down',
    explanation: 'A worker has sent no share for so long, and was expected to; also when it is back.',
    level: 'warning',
    isOnByDefault: true,
    parameters: { minutes: minutes(15, 'silent for', 5) },
  },
  'hashrate-low': {
    title: 'Hashrate low',
    explanation:
      'The last full hour is so far below the median hour of the last 7 days, beyond what chance explains.',
    level: 'warning',
    isOnByDefault: true,
    parameters: { percent: percent(30, 'below by', 10, 90) },
  },
  rejects: {
    title: 'Many rejects',
    explanation: 'So many of the shares of the last hour were rejected.',
    level: 'warning',
    isOnByDefault: true,
    parameters: {
      percent: percent(5, 'at least', 1, 100),
      count: { label: 'and at least', unit: 'shares', default: 20, min: 5, max: 10_000 },
    },
  },
  'best-share': {
    title: 'New best share',
    explanation: 'A share of yours has a higher difficulty than any before.',
    level: 'info',
    isOnByDefault: false,
    parameters: {},
  },
  'own-block': {
    title: 'You found a block',
    explanation: 'A worker of yours found a block of the pool; also if the network does not keep it.',
    level: 'info',
    isOnByDefault: true,
    parameters: {},
  },
  'pool-block': {
    title: 'The pool found a block',
    explanation: 'Somebody in the pool found a block; also if the network does not keep it.',
    level: 'info',
    isOnByDefault: false,
    parameters: {},
  },
  'payout-planned': {
    title: 'Payout planned',
    explanation: 'A payout to you is being prepared.',
    level: 'info',
    isOnByDefault: false,
    parameters: {},
  },
  'payout-sent': {
    title: 'Payout sent',
    explanation: 'A transaction that pays you was given to the network.',
    level: 'info',
    isOnByDefault: true,
    parameters: {},
  },
  'payout-confirmed': {
    title: 'Payout confirmed',
    explanation: 'A transaction that pays you is in the chain.',
    level: 'info',
    isOnByDefault: false,
    parameters: {},
  },
  'settings-changed': {
    title: 'Settings changed',
    explanation: 'Somebody who can sign for your address changed its settings here.',
    level: 'urgent',
    isOnByDefault: true,
    parameters: {},
  },
  'channel-failing': {
    title: 'A channel fails',
    explanation: 'Messages could not be delivered by one of your channels; told by the others.',
    level: 'warning',
    isOnByDefault: true,
    parameters: {},
  },
} as const satisfies Record<string, Rule>

/** Of the operators, about the pool. */
export const OPERATOR_RULES = {
  node: {
    title: 'Bitcoin node',
    explanation: 'A node is away, syncing, lagging, failing or on another chain.',
    level: 'warning',
    isOnByDefault: true,
    parameters: { minutes: minutes(2) },
  },
  'no-node': {
    title: 'No node to work with',
    explanation: 'The pool has no node that it can work with: miners are about to lose their work.',
    level: 'urgent',
    isOnByDefault: true,
    parameters: { minutes: minutes(1) },
  },
  'stale-tip': {
    title: 'No new block',
    explanation: 'No block has come for so long; 120 minutes happen by chance once in some three years.',
    level: 'warning',
    isOnByDefault: true,
    parameters: { minutes: minutes(120, 'none for', 30) },
  },
  'work-old': {
    title: 'Templates late',
    explanation: 'The work that miners have is so old.',
    level: 'urgent',
    isOnByDefault: true,
    parameters: { minutes: minutes(3, 'older than') },
  },
  'pool-silent': {
    title: 'Pool silent',
    explanation: 'No stratum process, or not the primary, reports.',
    level: 'urgent',
    isOnByDefault: true,
    parameters: { minutes: minutes(2) },
  },
  restarts: {
    title: 'A process restarts',
    explanation: 'Processes of the pool died and were started again, so often within ten minutes.',
    level: 'warning',
    isOnByDefault: true,
    parameters: { count: { label: 'at least', unit: 'times', default: 3, min: 1, max: 100 } },
  },
  'self-check': {
    title: 'Self-check',
    explanation: 'A node would refuse a block of the pool.',
    level: 'urgent',
    isOnByDefault: true,
    parameters: {},
  },
  canary: {
    title: 'Canary',
    explanation: "The pool's own miner finds something wrong with the jobs of a port.",
    level: 'urgent',
    isOnByDefault: true,
    parameters: { minutes: minutes(1) },
  },
  'journal-behind': {
    title: 'Journal behind',
    explanation: 'Shares wait on the disk for the database, a segment is held, or the shipper is silent.',
    level: 'warning',
    isOnByDefault: true,
    parameters: { minutes: minutes(5) },
  },
  'rollups-behind': {
    title: 'Rollups behind',
    explanation: 'Shares in the database are not summed up for so long.',
    level: 'warning',
    isOnByDefault: true,
    parameters: { minutes: minutes(10) },
  },
  disk: {
    title: 'Disk low',
    explanation: 'The disk with the journal has less than so much free.',
    level: 'urgent',
    isOnByDefault: true,
    parameters: { percent: percent(10, 'less than', 1, 50) },
  },
  alarm: {
    title: 'Alarm of a task',
    explanation: 'The ledger is wrong, a block cannot be settled, a task fails, nothing is published.',
    level: 'urgent',
    isOnByDefault: true,
    parameters: { minutes: minutes(2) },
  },
  payouts: {
    title: 'Payouts stand still',
    explanation: 'Payouts are paused, a payout needs approval, or something keeps it.',
    level: 'warning',
    isOnByDefault: true,
    parameters: { minutes: minutes(5) },
  },
  'public-log': {
    title: 'Public log late',
    explanation: 'The newest epoch of the public log should have been sealed so long ago.',
    level: 'warning',
    isOnByDefault: true,
    parameters: { minutes: minutes(30) },
  },
  bans: {
    title: 'Many bans',
    explanation: 'So many addresses were banned within ten minutes.',
    level: 'warning',
    isOnByDefault: true,
    parameters: { count: { label: 'at least', unit: 'bans', default: 20, min: 1, max: 10_000 } },
  },
  'connections-lost': {
    title: 'Connections lost',
    explanation:
      'So many of the connections of the last five minutes are gone, and there were at least twenty.',
    level: 'urgent',
    isOnByDefault: true,
    parameters: { percent: percent(30, 'at least', 5, 100) },
  },
  withholding: {
    title: 'Block withholding',
    explanation: 'A miner has found fewer blocks than chance explains, all miners considered. Only a report.',
    level: 'info',
    isOnByDefault: true,
    parameters: {
      chance: { label: 'chance below 1 in', unit: '', default: 1_000, min: 100, max: 1_000_000 },
    },
  },
  block: {
    title: 'Block found',
    explanation: 'The pool found a block; also if the network does not keep it.',
    level: 'info',
    isOnByDefault: true,
    parameters: {},
  },
  'delivery-failing': {
    title: 'A channel fails',
    explanation: 'Alerts could not be delivered by a channel of the operators; told by the others.',
    level: 'warning',
    isOnByDefault: true,
    parameters: {},
  },
} as const satisfies Record<string, Rule>

export type MinerRule = keyof typeof MINER_RULES
export type OperatorRule = keyof typeof OPERATOR_RULES
export type OwnerKind = 'miner' | 'operators'

export function rulesOf(owner: OwnerKind): Readonly<Record<string, Rule>> {
  return owner === 'miner' ? MINER_RULES : OPERATOR_RULES
}

/** What an owner has chosen of a rule. */
export interface RuleChoice {
  readonly isOn: boolean
  readonly parameters: Readonly<Record<string, number>>
}

/** The choice in force: what was chosen, within the rule's bounds, or else its defaults. */
export function choiceOf(rule: Rule, chosen: RuleChoice | undefined): RuleChoice {
  const parameters = Object.entries(rule.parameters).map(([name, parameter]) => {
    const value = chosen?.parameters[name] ?? parameter.default
    return [name, Math.min(Math.max(value, parameter.min), parameter.max)] as const
  })
  return { isOn: chosen?.isOn ?? rule.isOnByDefault, parameters: Object.fromEntries(parameters) }
}

/** What is wrong with parameters that somebody chose; null when they will do. */
export function problemOfParameters(rule: Rule, chosen: Readonly<Record<string, number>>): string | null {
  for (const [name, value] of Object.entries(chosen)) {
    const parameter = Object.hasOwn(rule.parameters, name) ? rule.parameters[name] : undefined
    if (parameter === undefined) return `${rule.title} has no ${name}.`
    const { min, max, unit } = parameter
    if (!Number.isInteger(value) || value < min || value > max)
      return `${rule.title}: ${name} is a whole number from ${min} to ${max} ${unit}`.trimEnd() + '.'
  }
  return null
}
