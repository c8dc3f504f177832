import { specify } from '../../api/specify'
import { reading, tipsReport } from '../../schema/live'
import { nothing } from '../input'

export const tipsSchema = specify({
  summary: 'How fast miners were brought to the newest tips',
  description:
    'The last sixty, the newest first. Durations are from the first sign of the tip, and say "at the latest".',
  rest: { method: 'GET', path: '/pool/tips' },
  access: 'anybody',
  cost: 'read',
  input: nothing,
  output: reading(tipsReport),
})
