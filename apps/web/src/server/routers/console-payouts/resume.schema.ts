import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'

export const resumeSchema = specifyAction({
  action: 'payouts.resume',
  summary: 'Let payouts go on',
  description: 'What was paused leaves the pool again.',
  rest: { method: 'POST', path: '/console/payouts/resume' },
  input: z.object({}),
  output: z.null(),
  absent: 'It is done: there is nothing to say of it.',
  subject: () => 'payouts',
})
