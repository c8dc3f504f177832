import { z } from 'zod'
import { specify } from '../../api/specify'
import { challengeAnswer } from '../../schema/account'
import { address } from '../input'

export const challengeSchema = specify({
  summary: 'A text that proves an address when it is signed',
  description:
    'The same for every address, whether the pool knows it or not. Signing in with it is done on the page.',
  rest: { method: 'GET', path: '/account/challenge' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ address }),
  output: challengeAnswer,
})
