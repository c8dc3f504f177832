import { z } from 'zod'
import { specify } from '../../api/specify'
import { big, count, hash, listOf, maybe, sats, timeMs } from '../../schema/values'
import { pageSize } from '../input'
import { payoutId } from './input'

const finding = z.object({
  subject: z.string().describe('Of what.'),
  differs: z.string(),
  toDo: z.string(),
  txid: hash.optional().describe('A transaction that somebody has to declare.'),
})

const reconciliation = z.object({
  walletSats: sats.describe('What the wallet has, whether or not it can be spent yet.'),
  booksSats: sats.describe('What it should have, by the ledger.'),
  onTheirWaySats: sats.describe('Sent, or about to be, and not out of the books yet.'),
  isWhole: z.boolean().describe('false: blocks have paid to other wallets, so the two cannot be compared.'),
  findings: listOf(finding).describe('The first 50.'),
  findingCount: count.describe('Of all.'),
})

const request = z
  .object({
    id: big,
    kind: z.enum(['retry', 'reconcile', 'import']),
    batchId: maybe(big).describe('Number of the payout; absent: all of them.'),
    author: z.string(),
    askedAtMs: timeMs,
    standing: z
      .enum(['asked', 'taken', 'done', 'refused', 'unanswered'])
      .describe(
        'unanswered: nobody took it within 30 seconds, or it was cut off and nobody took it up within 5 minutes. Nobody answers it any more.',
      ),
    takenAtMs: maybe(timeMs),
    answer: maybe(z.object({ text: z.string(), reconciliation: reconciliation.optional() })),
    answeredAtMs: maybe(timeMs),
  })
  .meta({ id: 'PayoutRequest', description: 'What was asked of whoever has the wallet.' })

export const requestsSchema = specify({
  summary: 'What was asked of whoever has the wallet',
  description: 'The newest first.',
  rest: { method: 'GET', path: '/console/payouts/requests' },
  access: 'operator:read',
  cost: 'read',
  input: z.object({
    id: payoutId.optional().describe('Only what is about this payout.'),
    limit: pageSize.default(10),
  }),
  output: z.object({ requests: listOf(request) }),
})

export const requestSchema = specify({
  summary: 'What became of one request',
  rest: { method: 'GET', path: '/console/payouts/requests/{requestId}' },
  access: 'operator:read',
  cost: 'read',
  input: z.object({ requestId: z.string().regex(/^\d{1,18}$/, { error: 'A request has a number.' }) }),
  output: request.nullable(),
  absent: 'There is no request of that number.',
})
