import { z } from 'zod'
import { specify } from '../../api/specify'
import { timeMs } from '../../schema/values'
import { nothing } from '../input'

export const announcementSchema = specify({
  summary: 'What the operator announces',
  rest: { method: 'GET', path: '/pool/announcement' },
  access: 'anybody',
  cost: 'read',
  input: nothing,
  output: z.object({ text: z.string(), sinceMs: timeMs }).nullable(),
  absent: 'Nothing is announced.',
})
