import type { Topic } from '../server/live/topic'

/** Queries that change together. */
export type Group = 'work' | 'money' | 'state'

export const GROUPS: readonly Group[] = ['work', 'money', 'state']

/** A group is asked again at most this often, however many topics arrive. */
const MIN_INTERVAL_MS: Readonly<Record<Group, number>> = { work: 5_000, money: 2_000, state: 1_000 }

/**
 * What a topic leads to, and when. A block or tip is news at once, and again when the control plane has drawn its
 * conclusions: confirmations, settlement, ledger.
 */
const CONSEQUENCES: Readonly<Record<Topic, readonly (readonly [Group, number])[]>> = {
  shares: [['work', 0]],
  node: [['state', 0]],
  check: [['state', 0]],
  payout: [
    ['money', 0],
    ['state', 0],
  ],
  tip: [
    ['state', 0],
    ['money', 1_500],
    ['money', 6_000],
  ],
  block: [
    ['state', 0],
    ['money', 0],
    ['money', 2_500],
    ['money', 6_000],
  ],
}

/** Decides when a page asks again. Each group has a bounded number of due times: those later than `now`. */
export class RefreshSchedule {
  readonly #dueAtMs: Record<Group, number[]> = { work: [], money: [], state: [] }
  readonly #refreshedAtMs: Record<Group, number> = { work: -Infinity, money: -Infinity, state: -Infinity }

  readonly #nowMs: () => number

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  note(topic: Topic): void {
    const nowMs = this.#nowMs()
    for (const [group, delayMs] of CONSEQUENCES[topic]) {
      const earliestMs = this.#refreshedAtMs[group] + MIN_INTERVAL_MS[group]
      const dueAtMs = Math.max(nowMs + delayMs, earliestMs)
      const due = this.#dueAtMs[group]
      // Two due times closer than the interval would be one refresh too many.
      if (!due.some((other) => Math.abs(other - dueAtMs) < MIN_INTERVAL_MS[group])) due.push(dueAtMs)
    }
  }

  /** Groups to ask again now; each counts as asked. */
  takeDue(): Group[] {
    const nowMs = this.#nowMs()
    return GROUPS.filter((group) => {
      const due = this.#dueAtMs[group]
      if (!due.some((dueAtMs) => dueAtMs <= nowMs)) return false
      if (nowMs - this.#refreshedAtMs[group] < MIN_INTERVAL_MS[group]) return false
      this.#dueAtMs[group] = due.filter((dueAtMs) => dueAtMs > nowMs)
      this.#refreshedAtMs[group] = nowMs
      return true
    })
  }
}

const GROUP_OF_PATH: Readonly<Record<string, readonly Group[]>> = {
  'pool.summary': ['work', 'money', 'state'],
  'pool.hashrate': ['work'],
  'pool.miners': ['work'],
  'pool.status': ['work', 'state'],
  'pool.luck': ['money'],
  'pool.tips': ['state'],
  'pool.bestShares': ['work'],
  'pool.parts': ['state'],
  'pool.announcement': ['state'],
  'pool.refusals': ['work', 'state'],
  'miner.summary': ['work'],
  'miner.hashrate': ['work'],
  'miner.workers': ['work'],
  'miner.balance': ['money'],
  'miner.earnings': ['money'],
  'miner.shareEarnings': ['money'],
  'miner.payouts': ['money'],
  'miner.daily': ['work', 'money'],
  'miner.connections': ['work', 'state'],
  'worker.hashrate': ['work'],
  'worker.summary': ['work'],
  'worker.timeline': ['work'],
  'blocks.list': ['money'],
  'blocks.one': ['money'],
  'blocks.coinbase': ['money'],
  'blocks.earnings': ['money'],
  'blocks.proof': ['money'],
  'payouts.list': ['money'],
  'search.find': ['money'],
  'account.overview': ['money'],
  'account.history': ['money'],
  'account.workers': ['work'],
  'alerts.deliveries': ['money', 'state'],
  'operatorAlerts.deliveries': ['money', 'state'],
  'console.me': ['state'],
  'console.actions': ['state'],
  'consoleAccount.overview': ['state'],
  'consoleBans.list': ['state'],
  'consoleMiners.list': ['work'],
  'consoleMiners.one': ['money'],
  'consoleProfiles.rules': ['state'],
  'consoleSettings.list': ['state'],
  'consoleSessions.list': ['state'],
  'consolePayouts.one': ['money'],
  'consoleSystem.nodes': ['state'],
  'consolePayouts.requests': ['money'],
  'consolePayouts.request': ['money'],
  'consolePayouts.approvalAbove': ['money'],
  'consoleSystem.processes': ['state'],
  'consoleSystem.queues': ['money', 'state'],
  'consoleSystem.journal': ['work'],
  'consoleSystem.profiles': ['work'],
}

/** Whether a procedure, as `noun.verb`, shows something of a group. */
export function belongsTo(path: string, group: Group): boolean {
  return GROUP_OF_PATH[path]?.includes(group) ?? false
}
