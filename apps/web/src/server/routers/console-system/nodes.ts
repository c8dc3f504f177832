import { poolSettings, type Context } from '../../context'
import { readCanary, readSelfCheck, type LiveReading } from '../../live/read-live'
import { readNodeDetails, readWork, type NodeDetails } from '../../live/read-system'
import { operatorProcedure } from '../../trpc'
import { nodesSchema } from './nodes.schema'

/** How the nodes are, what miners were given, and what the pool finds out about it. */
export const nodes = operatorProcedure(nodesSchema).query(({ ctx }) =>
  ctx.cache.get('console.nodes', () => read(ctx)),
)

async function read(context: Context) {
  const settings = await poolSettings(context)
  if (settings === undefined) return { node: NOBODY, work: NOBODY, selfCheck: NOBODY, canary: NOBODY }
  const { network } = settings
  const { commands } = context.live
  const [node, work, selfCheck, canary] = await Promise.all([
    readNodeDetails(commands, network),
    readWork(commands, network),
    readSelfCheck(commands, network),
    readCanary(commands, network),
  ])
  return { node: withLag(node), work, selfCheck, canary }
}

const NOBODY = { known: false, why: 'not-reported' } as const

function withLag(node: LiveReading<NodeDetails>) {
  if (!node.known) return node
  const best = Math.max(...node.value.nodes.flatMap(({ tip }) => tip?.height ?? []))
  const nodes = node.value.nodes.map(({ tip, facts, ...entry }) => ({
    ...{ ...entry, tip, facts },
    behindBlocks: tip && best - tip.height,
  }))
  return { known: true as const, value: { ...node.value, nodes } }
}
