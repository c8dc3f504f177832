import { z } from 'zod'
import { specify } from '../../api/specify'
import { count, hash, listOf, maybe, sats } from '../../schema/values'
import { blockHash } from '../input'

export const coinbaseSchema = specify({
  summary: "A block's coinbase, decoded",
  description: 'From the public log: the transaction as it stands in the block.',
  rest: { method: 'GET', path: '/blocks/{hash}/coinbase' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ hash: blockHash }),
  output: z
    .object({
      txid: hash,
      text: z.string().describe("What of its input's script is text."),
      inputScript: z.string().describe('Hex.'),
      outputs: listOf(
        z.object({
          valueSats: sats,
          address: maybe(z.string()),
          script: z.string().describe('Hex.'),
          kind: z
            .enum(['pool', 'commitment', 'other'])
            .describe('A script of the pool; data, such as the commitment to the witnesses; or another.'),
        }),
      ),
      header: z.string().describe("80 bytes, hex, whose double SHA-256 is the block's hash."),
      merkleDepth: count,
      isInLog: z.boolean().describe('Whether a signed epoch lists the block already.'),
    })
    .nullable(),
  absent: 'The block is not published: it is a minute after it is settled.',
})
