import { PROGRAMS } from '@headframe/core/live/live-system'
import { z } from 'zod'
import { nodeEntry, nodeReport } from './live'
import { big, count, hash, listOf, maybe, sats, timeMs } from './values'

/** What operators are told of the system itself, and nobody else. */

export const nodeTip = z.object({
  hash,
  height: z.number(),
  chainwork: big.describe('Expected hashes of its chain.'),
  sinceMs: timeMs,
  heardBy: z.string().describe('What told of it first; rawblock and hashblock are ZMQ.'),
})

export const nodeFacts = z.object({
  version: maybe(z.string()).describe('What it calls itself to its peers.'),
  peersIn: maybe(count),
  peersOut: maybe(count),
  latencyMs: maybe(z.number()).describe('How long it took to say how its chain is, the last time.'),
  zmq: listOf(z.string()).describe('Which of its messages the pool listens to; empty where it only polls.'),
})

export const nodeDetails = nodeReport
  .extend({
    nodes: listOf(
      nodeEntry.extend({
        tip: maybe(nodeTip),
        facts: maybe(nodeFacts),
        behindBlocks: maybe(count).describe('How far its best block is below the best of all nodes.'),
      }),
    ),
  })
  .meta({ id: 'NodeDetails', description: 'The Bitcoin nodes, as an operator sees them.' })

export const jobDetails = z
  .object({
    jobId: z.string(),
    atMs: timeMs.describe('When miners were given it.'),
    node: z.string().describe('Whose template it is.'),
    reason: z
      .enum(['new-tip', 'first-template', 'fees', 'age'])
      .describe(
        'new-tip: at once, without transactions; first-template: the first full one of a tip; fees: it pays enough ' +
          'more; age: the one before was due.',
      ),
    height: z.number(),
    cleanJobs: z.boolean().describe('Whether miners dropped what they had.'),
    transactionCount: count.describe('Without the coinbase.'),
    feesSats: sats,
    coinbaseValueSats: sats,
    weight: z.number().describe('Of the whole block with the smallest of the coinbases; 4,000,000 at most.'),
    sizeBytes: z.number(),
    coinbaseBytes: z.number().describe('Without witness, the smallest.'),
    largestCoinbaseBytes: z.number().describe('Without witness; the same where there is one.'),
  })
  .meta({ id: 'JobDetails', description: 'A job that miners were given, and why.' })

export const workReport = z.object({ jobs: listOf(jobDetails).describe('The newest first.') })

export const programReport = z
  .object({
    program: z.enum(PROGRAMS),
    name: z.string().describe('Of a stratum process the writer of its journal; otherwise empty.'),
    host: z.string(),
    pid: z.number(),
    version: z.string(),
    startedAtMs: timeMs,
    atMs: timeMs.describe('When it last told of itself.'),
    memoryBytes: z.number(),
    eventLoopDelayP99Ms: z
      .number()
      .describe('How late it came to its work: what 99 % of the delays were below.'),
    doing: z.string().describe('What it is doing, for a person.'),
  })
  .meta({ id: 'ProgramReport', description: 'A process of the pool, as it tells of itself.' })

export const taskReport = z
  .object({
    name: z.string(),
    everyMs: maybe(z.number()).describe('Absent: it has no schedule, and runs what is put into its queue.'),
    waiting: count,
    active: count,
    delayed: count,
    failed: count.describe('Runs that failed and are remembered.'),
    lastRun: maybe(z.object({ atMs: timeMs, tookMs: z.number() })),
    nextRunAtMs: maybe(timeMs),
    isFailing: z.boolean().describe('Whether its last run has failed.'),
    errors: listOf(z.object({ atMs: timeMs, reason: z.string() })).describe('The newest first.'),
  })
  .meta({ id: 'TaskReport', description: 'A task of settle with its queue.' })

export const journalDisk = z.object({
  atMs: timeMs,
  host: z.string(),
  freeBytes: z.number(),
  totalBytes: z.number(),
})

export const clientProfile = z
  .object({
    name: z.string(),
    userAgents: listOf(z.string()).describe('Patterns; an asterisk stands for anything. None: all others.'),
    maxCoinbaseBytes: z.number(),
    minDifficulty: z.number(),
    keepaliveSeconds: z.number(),
    answersPing: z.boolean(),
    oneMessagePerPacket: z.boolean(),
    extranonce2Bytes: z.number(),
    notes: z.string().describe('Where all this comes from.'),
  })
  .meta({ id: 'ClientProfile', description: 'What one kind of mining client needs of the pool.' })

export const clientKind = z.object({
  userAgent: z.string(),
  profile: z.string().describe('As it was when they subscribed.'),
  sessions: count,
})

export const profileRule = z.object({
  pattern: z.string().describe('Of user agents, in lower case; an asterisk stands for anything.'),
  profile: z.string().describe('Name of the profile that clients get whose user agent fits.'),
})
