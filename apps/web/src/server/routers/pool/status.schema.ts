import { z } from 'zod'
import { specify } from '../../api/specify'
import { canaryReport, nodeReport, processReport, reading, selfCheckReport } from '../../schema/live'
import { payoutPause, payoutProblem, payoutState } from '../../schema/payout'
import { payoutTerms } from '../../schema/pool'
import { record } from '../../schema/record'
import { count, hash, listOf, maybe, sats, timeMs } from '../../schema/values'
import { nothing } from '../input'

const openPayout = z.object({
  id: z.bigint(),
  state: payoutState,
  createdAtMs: timeMs,
  miners: count,
  totalSats: sats,
  feeSats: maybe(sats),
  txid: maybe(hash),
  isSent: z.boolean(),
  height: maybe(z.number()),
  versions: count,
  awaitsApproval: z.boolean(),
  approvedBy: maybe(z.string()),
  problem: maybe(payoutProblem),
})

const payouts = z.object({
  paused: maybe(payoutPause),
  plannedAtMs: maybe(timeMs).describe('When batches were planned last.'),
  problem: maybe(payoutProblem),
  open: listOf(openPayout),
  isCut: z.boolean(),
  terms: payoutTerms.optional().describe('Absent when nothing is paid on chain.'),
})

const fpps = z.object({
  reserveSats: sats.describe('What the operator says that he holds for it.'),
  leftSats: sats.describe('That, less what shares were paid, and with what their blocks have brought.'),
  feeBasisPoints: z.number(),
  bound: z.string().describe('How large a reserve bad luck uses up, in words.'),
  risk: maybe(
    z.object({
      reserveInBlocks: z.number().describe('What is left, in subsidies of a block.'),
      ruinChance: z.number().describe('That bad luck uses it up, sooner or later; from 0 to 1.'),
    }),
  ).describe('Absent until a block of the chain is known.'),
})

export const statusSchema = specify({
  summary: 'How each part of the pool stands',
  description:
    'Nodes, what the pool finds out about itself, its payouts and reserve, its record, and its processes.',
  rest: { method: 'GET', path: '/pool/status' },
  access: 'anybody',
  cost: 'read',
  input: nothing,
  output: z.discriminatedUnion('isSetUp', [
    z.object({
      isSetUp: z.literal(true),
      record,
      node: reading(nodeReport),
      selfCheck: reading(selfCheckReport),
      canary: reading(canaryReport),
      processes: reading(z.array(z.tuple([z.string(), processReport]).readonly())).describe(
        'Pairs of name and report.',
      ),
      payouts,
      fpps: maybe(fpps).describe('The reserve of FPPS; absent when no port is one of FPPS.'),
    }),
    z.object({ isSetUp: z.literal(false) }),
  ]),
})
