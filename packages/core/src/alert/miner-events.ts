import type { AlertEvent, RaisedAlert } from './event.js'
import { judgeHashrate, type HashrateFacts } from './judge-hashrate.js'
import { judgeRejects, type RejectFacts } from './judge-rejects.js'
import { judgeWorker, type WorkerFacts } from './judge-worker.js'
import { choiceOf, MINER_RULES, type MinerRule, type RuleChoice } from './rules.js'
import { watchConditions, type Condition } from './watch-condition.js'

const HOUR_MS = 3_600_000

/** All that a look at a miner knows; undefined: nobody can tell now. */
export interface MinerFacts {
  readonly workers:
    readonly (WorkerFacts & { readonly workerId: number; readonly name: string })[] | undefined
  readonly hashrate: (HashrateFacts & { readonly hourStartsAtMs: number }) | undefined
  readonly rejects: RejectFacts | undefined
  /** What has happened since, each under a key of its own. */
  readonly happened: readonly AlertEvent[]
}

export interface MinerLook {
  readonly rule: MinerRule
  readonly raised: readonly RaisedAlert[]
  readonly events: readonly AlertEvent[]
}

/** What a miner is told, by rule; rules that are off forget what they knew. */
export function minerEvents(
  facts: MinerFacts,
  choices: ReadonlyMap<string, RuleChoice>,
  memories: ReadonlyMap<string, readonly RaisedAlert[]>,
  nowMs: number,
): MinerLook[] {
  return (Object.keys(MINER_RULES) as MinerRule[]).map((rule) => {
    const { isOn, parameters } = choiceOf(MINER_RULES[rule], choices.get(rule))
    if (!isOn) return { rule, raised: [], events: [] }
    const happened = facts.happened.filter((event) => event.rule === rule)
    const conditions = conditionsOf(rule, facts, parameters, nowMs)
    const before = memories.get(rule) ?? []
    if (conditions === undefined) return { rule, raised: before, events: happened }
    // A worker that is not looked at any more is forgotten, and not back.
    const known =
      rule === 'worker-down'
        ? before.filter((alert) => conditions.some(({ subject }) => subject === alert.subject))
        : before
    const options = { rule, level: MINER_RULES[rule].level, holdMs: 0, tellsEnd: true }
    const { raised, events } = watchConditions(options, known, conditions, nowMs)
    return { rule, raised, events: [...events, ...happened] }
  })
}

/** Undefined: the rule has none, or nobody can tell. */
function conditionsOf(
  rule: MinerRule,
  facts: MinerFacts,
  parameters: Readonly<Record<string, number>>,
  nowMs: number,
): Condition[] | undefined {
  switch (rule) {
    case 'worker-down':
      return facts.workers?.map((worker) => ({
        subject: String(worker.workerId),
        state: judgeWorker(worker, parameters['minutes']!, nowMs),
        sinceMs: worker.lastShareAtMs,
        facts: { worker: worker.name },
      }))
    case 'hashrate-low':
      return facts.hashrate && [hashrateCondition(facts.hashrate, parameters['percent']!)]
    case 'rejects':
      return facts.rejects && [rejectCondition(facts.rejects, parameters)]
    default:
      return undefined
  }
}

function hashrateCondition(
  facts: HashrateFacts & { readonly hourStartsAtMs: number },
  percent: number,
): Condition {
  const { state, baseline } = judgeHashrate(facts, percent)
  return {
    subject: '',
    state,
    sinceMs: facts.hourStartsAtMs,
    facts: {
      hashrate: facts.latest / (HOUR_MS / 1_000),
      baseline: baseline / (HOUR_MS / 1_000),
      percentBelow: baseline === 0 ? 0 : Math.round((1 - facts.latest / baseline) * 100),
    },
  }
}

function rejectCondition(facts: RejectFacts, parameters: Readonly<Record<string, number>>): Condition {
  const wanted = { percent: parameters['percent']!, count: parameters['count']! }
  const { state, ...told } = judgeRejects(facts, wanted)
  return { subject: '', state, facts: told }
}
