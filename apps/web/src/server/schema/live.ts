import { NODE_STATES } from '@headframe/core/live/live-feed'
import { z } from 'zod'
import { count, listOf, maybe, sats, timeMs } from './values'

/** What the engine says of itself by the live feed; known only while it does. */
export function reading<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('known', [
    z.object({ known: z.literal(true), value }),
    z.object({ known: z.literal(false), why: z.enum(['feed-away', 'not-reported']) }),
  ])
}

const nodeStatus = {
  state: z.enum(NODE_STATES),
  message: z.string().describe('One sentence for a person; empty when all is well.'),
  height: z.number().optional(),
  networkDifficulty: z.number().optional(),
  sinceMs: timeMs.describe('When this state began.'),
}

export const nodeEntry = z.object({
  ...nodeStatus,
  name: z.string(),
  templateFeesSats: sats.optional(),
  templateAgeMs: z.number().optional(),
  isChosen: z.boolean().describe('Whether miners work on its template.'),
})

const direct = z.discriminatedUnion('state', [
  z.object({ state: z.literal('paying'), minerCount: count, ageMs: z.number() }),
  z.object({ state: z.literal('custodial'), message: z.string() }),
])

const period = z
  .object({
    startHeight: z.number(),
    endHeight: z.number().describe('The block at this height has the next difficulty.'),
    startNtime: z.number().describe('Time in the header of its first block, seconds since 1970.'),
    tipNtime: z.number(),
    tipHeight: z.number(),
  })
  .describe('The difficulty period that the tip is in; absent where the difficulty never changes.')

export const nodeReport = z
  .object({
    ...nodeStatus,
    atMs: timeMs,
    jobAgeMs: z.number().optional(),
    nodes: listOf(nodeEntry),
    direct: direct.optional(),
    period: period.optional(),
  })
  .meta({ id: 'NodeReport', description: 'How the pool stands with its Bitcoin nodes.' })

export const processReport = z
  .object({
    atMs: timeMs,
    connections: count,
    workers: count,
    settingsVersion: z
      .number()
      .optional()
      .describe('The change of settings at run time that it has taken last.'),
    eventLoopDelayP99Ms: z.number().optional(),
    lateSharesCredited: count.optional(),
    profileHits: z.record(z.string(), count).optional(),
  })
  .meta({ id: 'ProcessReport', description: 'What a stratum process says of itself.' })

export const selfCheckReport = z
  .object({
    atMs: timeMs,
    jobId: z.string(),
    height: z.number(),
    node: z.string(),
    results: listOf(z.object({ variant: z.string(), result: z.string().nullable() })).describe(
      'A result of null: the node would take the block.',
    ),
  })
  .meta({
    id: 'SelfCheckReport',
    description: "Whether a node would take the pool's block, asked beforehand.",
  })

export const canaryReport = z
  .object({
    atMs: timeMs,
    ports: listOf(
      z.object({
        port: z.number(),
        jobId: z.string().optional(),
        height: z.number().optional(),
        lastJobAtMs: timeMs.optional(),
        problems: listOf(z.string()),
      }),
    ),
  })
  .meta({ id: 'CanaryReport', description: "What a miner of the pool's own sees on each port." })

export const tipsReport = z
  .object({
    tips: listOf(
      z.object({
        height: z.number(),
        atMs: timeMs.describe('When the pool first heard of it.'),
        source: z.string().describe('What told of it first.'),
        jobMs: z.number().optional().describe('Until its first job was made.'),
        firstNotifyMs: z.number().optional().describe('Until the first miner was sent that job.'),
        lastNotifyMs: z.number().optional().describe('Until the last was: so long somebody was on old work.'),
        minerCount: count,
      }),
    ),
  })
  .meta({ id: 'TipsReport', description: 'How fast miners were brought to the newest tips.' })

/** What `presenceOfWorker` gives; unknown while the live feed is away. */
export const workerPresence = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('online'),
    connections: count,
    sinceMs: maybe(timeMs).describe('Since when at least one of them is there.'),
    difficulty: z.number(),
    userAgent: z.string(),
  }),
  z.object({ state: z.literal('offline') }),
  z.object({ state: z.literal('unknown') }),
])

export const presence = reading(z.object({ connections: count, workers: count }))
