import { z } from 'zod'
import { specify } from '../../api/specify'
import { hashrateChart } from '../../schema/hashrate'
import { range, zoomFields } from '../input'

export const hashrateSchema = specify({
  summary: "The pool's hashrate over a range of time",
  rest: { method: 'GET', path: '/pool/hashrate' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ range, ...zoomFields }),
  output: hashrateChart,
  example: { range: '24h' },
})
