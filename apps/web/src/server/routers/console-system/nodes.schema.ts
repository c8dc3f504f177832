import { z } from 'zod'
import { specify } from '../../api/specify'
import { canaryReport, reading, selfCheckReport } from '../../schema/live'
import { nodeDetails, workReport } from '../../schema/system'
import { nothing } from '../input'

export const nodesSchema = specify({
  summary: 'Bitcoin nodes, templates, and what the pool finds out about its jobs',
  description:
    'Each node with its chain, peers and speed; the newest jobs and why they were made; whether a node would take ' +
    "the pool's block; and what the canary sees on each port.",
  rest: { method: 'GET', path: '/console/nodes' },
  access: 'operator:read',
  cost: 'read',
  input: nothing,
  output: z.object({
    node: reading(nodeDetails),
    work: reading(workReport),
    selfCheck: reading(selfCheckReport),
    canary: reading(canaryReport),
  }),
})
