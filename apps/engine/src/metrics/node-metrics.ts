import { NODE_STATES, type LiveNodeEntry } from '@headframe/core/live/live-feed'
import type { Counter } from './counter.js'
import type { Histogram } from './histogram.js'
import type { MetricRegistry } from './metric-registry.js'

/** Upper bounds, seconds. */
const TIP_BOUNDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]
const CALL_BOUNDS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 30, 120]
const PARSE_BOUNDS = [0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1]

/** What the metrics say of the Bitcoin nodes and of the work that is made of what they give. */
export class NodeMetrics {
  readonly #tips: Counter
  readonly #jobs: Counter
  readonly #tipToJob: Histogram
  readonly #calls: Histogram
  readonly #parsing: Histogram

  constructor(registry: MetricRegistry) {
    this.#tips = registry.counter({
      name: 'headframe_tip_switches_total',
      help: 'New tips that miners were sent to, by what told of them first.',
      labels: ['source'],
    })
    this.#jobs = registry.counter({
      name: 'headframe_jobs_total',
      help: 'Jobs made, by kind: the empty first one of a tip, its first full one, and those for their fees.',
      labels: ['kind'],
    })
    this.#tipToJob = registry.histogram({
      name: 'headframe_tip_to_job_seconds',
      help: 'From the sign of a new tip until every stratum process was told of the first job of a kind.',
      labels: ['kind'],
      bounds: TIP_BOUNDS,
    })
    this.#calls = registry.histogram({
      name: 'headframe_node_rpc_seconds',
      help: 'Time that calls of a node took, by how they ended.',
      labels: ['node', 'method', 'outcome'],
      bounds: CALL_BOUNDS,
    })
    this.#parsing = registry.histogram({
      name: 'headframe_template_parse_seconds',
      help: 'Time that reading the templates of a node took.',
      labels: ['node'],
      bounds: PARSE_BOUNDS,
    })
  }

  readonly onTip = (source: string): void => this.#tips.add([source])

  readonly onTemplate = (node: string, { parseMs }: { readonly parseMs: number }): void =>
    this.#parsing.observe(parseMs / 1_000, [node])

  readonly onWork = (kind: string, sinceTipSeconds: number | undefined): void => {
    this.#jobs.add([kind])
    if (sinceTipSeconds !== undefined) this.#tipToJob.observe(sinceTipSeconds, [kind])
  }

  readonly observeCalls =
    (node: string) =>
    (method: string, tookMs: number, outcome: string): void =>
      this.#calls.observe(tookMs / 1_000, [node, method, outcome])

  /** What is so when somebody reads. */
  showNodes(registry: MetricRegistry, read: () => readonly LiveNodeEntry[]): void {
    const gauge = (name: string, help: string, labels = ['node']) => registry.gauge({ name, help, labels })
    const state = gauge('headframe_node_state', '1 for the state a node is in, 0 for every other.', [
      'node',
      'state',
    ])
    const chosen = gauge(
      'headframe_node_chosen',
      '1 for the node whose template miners work on, otherwise 0.',
    )
    const height = gauge('headframe_node_height', 'Height of the best block of a node.')
    const age = gauge(
      'headframe_template_age_seconds',
      'Age of the newest template of a node on the best tip.',
    )
    const fees = gauge('headframe_template_fees_satoshis', 'Fees of that template.')
    registry.beforeRead(() => {
      for (const metric of [state, chosen, height, age, fees]) metric.clear()
      for (const node of read()) {
        for (const each of NODE_STATES) state.set(node.state === each ? 1 : 0, [node.name, each])
        chosen.set(node.isChosen ? 1 : 0, [node.name])
        if (node.height !== undefined) height.set(node.height, [node.name])
        if (node.templateAgeMs !== undefined) age.set(node.templateAgeMs / 1_000, [node.name])
        if (node.templateFeesSats !== undefined) fees.set(Number(node.templateFeesSats), [node.name])
      }
    })
  }
}
