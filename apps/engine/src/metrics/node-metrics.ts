import { NODE_STATES, type LiveNodeEntry } from '@headframe/core/live/live-feed'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** Upper bounds, seconds. */
const TIP_BOUNDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]
const CALL_BOUNDS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 30, 120]
const PARSE_BOUNDS = [0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1]

/** What the metrics say of the Bitcoin nodes and of the work that is made of what they give. */
export class NodeMetrics {
  readonly #tips: Counter<'source'>
  readonly #jobs: Counter<'kind'>
  readonly #tipToJob: Histogram<'kind'>
  readonly #calls: Histogram<'node' | 'method' | 'outcome'>
  readonly #parsing: Histogram<'node'>

  constructor(registry: Registry) {
    const registers = [registry]
    this.#tips = new Counter({
      registers,
      name: 'headframe_tip_switches_total',
      help: 'New tips that miners were sent to, by what told of them first.',
      labelNames: ['source'],
    })
    this.#jobs = new Counter({
      registers,
      name: 'headframe_jobs_total',
      help: 'Jobs made, by kind: the empty first one of a tip, its first full one, and those for their fees.',
      labelNames: ['kind'],
    })
    this.#tipToJob = new Histogram({
      registers,
      name: 'headframe_tip_to_job_seconds',
      help: 'From the sign of a new tip until every stratum process was told of the first job of a kind.',
      labelNames: ['kind'],
      buckets: TIP_BOUNDS,
    })
    this.#calls = new Histogram({
      registers,
      name: 'headframe_node_rpc_seconds',
      help: 'Time that calls of a node took, by how they ended.',
      labelNames: ['node', 'method', 'outcome'],
      buckets: CALL_BOUNDS,
    })
    this.#parsing = new Histogram({
      registers,
      name: 'headframe_template_parse_seconds',
      help: 'Time that reading the templates of a node took.',
      labelNames: ['node'],
      buckets: PARSE_BOUNDS,
    })
  }

  readonly onTip = (source: string): void => this.#tips.inc({ source })

  readonly onTemplate = (node: string, { parseMs }: { readonly parseMs: number }): void =>
    this.#parsing.observe({ node }, parseMs / 1_000)

  readonly onWork = (kind: string, sinceTipSeconds: number | undefined): void => {
    this.#jobs.inc({ kind })
    if (sinceTipSeconds !== undefined) this.#tipToJob.observe({ kind }, sinceTipSeconds)
  }

  readonly observeCalls =
    (node: string) =>
    (method: string, tookMs: number, outcome: string): void =>
      this.#calls.observe({ node, method, outcome }, tookMs / 1_000)

  /** What is so when somebody reads. */
  showNodes(registry: Registry, read: () => readonly LiveNodeEntry[]): void {
    const gauge = (name: string, help: string, valueOf: (node: LiveNodeEntry) => number | undefined): Gauge =>
      new Gauge({
        registers: [registry],
        name,
        help,
        labelNames: ['node'],
        collect() {
          this.reset()
          for (const node of read()) {
            const value = valueOf(node)
            if (value !== undefined) this.set({ node: node.name }, value)
          }
        },
      })
    showStates(registry, read)
    gauge(
      'headframe_node_chosen',
      '1 for the node whose template miners work on, otherwise 0.',
      ({ isChosen }) => (isChosen ? 1 : 0),
    )
    gauge('headframe_node_height', 'Height of the best block of a node.', ({ height }) => height)
    gauge(
      'headframe_template_age_seconds',
      'Age of the newest template of a node on the best tip.',
      ({ templateAgeMs }) => templateAgeMs && templateAgeMs / 1_000,
    )
    gauge('headframe_template_fees_satoshis', 'Fees of that template.', ({ templateFeesSats }) =>
      templateFeesSats === undefined ? undefined : Number(templateFeesSats),
    )
  }
}

function showStates(registry: Registry, read: () => readonly LiveNodeEntry[]): void {
  new Gauge({
    registers: [registry],
    name: 'headframe_node_state',
    help: '1 for the state a node is in, 0 for every other.',
    labelNames: ['node', 'state'],
    collect() {
      this.reset()
      for (const { name, state } of read())
        for (const each of NODE_STATES) this.set({ node: name, state: each }, state === each ? 1 : 0)
    },
  })
}
