import type { LiveDirect } from '@headframe/core/live/live-feed'
import type { NodeReport } from '../bitcoind/describe-nodes.js'
import type { NodeFacts } from '../bitcoind/node-facts.js'
import type { NodeFeed } from '../live/node-feed.js'

export interface NodeReporterModules {
  readonly feed: Pick<NodeFeed, 'report' | 'tell'>
  readonly facts: Pick<NodeFacts, 'of'>
  readonly nodes: () => NodeReport
  readonly jobAgeMs: () => number | undefined
  readonly direct: () => LiveDirect | undefined
  readonly nowMs: () => number
}

/** Tells by the live feed how the pool stands with its nodes. */
export class NodeReporter {
  readonly #modules: NodeReporterModules

  constructor(modules: NodeReporterModules) {
    this.#modules = modules
  }

  async report(isNews = false): Promise<void> {
    const { feed, facts, nodes: read, jobAgeMs, direct, nowMs } = this.#modules
    const report = read()
    const nodes = report.nodes.map((node) => ({ ...node, facts: facts.of(node.name) }))
    await feed.report({ ...report, nodes, atMs: nowMs(), jobAgeMs: jobAgeMs(), direct: direct() })
    if (isNews) await feed.tell({ type: 'node', atMs: nowMs(), state: report.state })
  }
}
