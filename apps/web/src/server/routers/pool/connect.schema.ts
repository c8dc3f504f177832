import { z } from 'zod'
import { specify } from '../../api/specify'
import { network, stratumPort } from '../../schema/pool'
import { listOf, maybe } from '../../schema/values'
import { nothing } from '../input'

export const connectSchema = specify({
  summary: 'What a miner types in',
  description: 'Host and ports, each with its mode and difficulty, and the terms.',
  rest: { method: 'GET', path: '/pool/connect' },
  access: 'anybody',
  cost: 'read',
  input: nothing,
  output: z
    .object({
      host: maybe(z.string()).describe(
        'Absent when the operator has not named one: it is the host of this API then.',
      ),
      network,
      feeBasisPoints: z.number(),
      finderBonusBasisPoints: z.number(),
      pplnsWindow: z.number(),
      fppsFeeBasisPoints: maybe(z.number()).describe('Absent when no port is one of FPPS.'),
      ports: listOf(stratumPort),
    })
    .nullable(),
  absent: 'The pool has not been started yet.',
})
