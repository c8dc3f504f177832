import type { Part, PartState } from '@headframe/core/status/part'
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/routers/root'

export type PartsAnswer = inferRouterOutputs<AppRouter>['pool']['parts']
export type PartEntry = PartsAnswer['parts'][number]
export type PartDay = PartEntry['days'][number]
export type IncidentEntry = PartsAnswer['incidents'][number]

export const PART_NAMES: Readonly<Record<Part, string>> = {
  nodes: 'Bitcoin nodes',
  templates: 'Templates and jobs',
  stratum: 'Stratum ports',
  canary: 'Canary',
  journal: 'Journal and shipper',
  settle: 'Settling',
  payouts: 'Payouts',
  'public-log': 'Public log',
  database: 'Database',
  'live-feed': 'Live feed',
}

/** Not by colour alone: each has its word and its shape. */
export const STATE_LOOKS: Readonly<Record<PartState, { readonly text: string; readonly lamp: string }>> = {
  up: { text: 'well', lamp: 'rounded-full bg-copper border-copper' },
  degraded: { text: 'in part', lamp: 'bg-ochre border-ochre rotate-45' },
  down: { text: 'down', lamp: 'bg-oxide border-oxide' },
  unknown: { text: 'not known', lamp: 'rounded-full border-edge' },
}
