import { z } from 'zod'
import { specify } from '../../api/specify'
import { address, blockHash } from '../input'

export const proofSchema = specify({
  summary: 'What proves the amount that a block pays to an address',
  description:
    'A document of the public log, as docs/verify.md describes it: its amounts are decimal strings.',
  rest: { method: 'GET', path: '/blocks/{hash}/proofs/{address}' },
  access: 'anybody',
  cost: 'expensive',
  input: z.object({ hash: blockHash, address }),
  output: z.record(z.string(), z.unknown()).nullable(),
  absent: 'Not published yet, or the block pays nothing to this address.',
})
