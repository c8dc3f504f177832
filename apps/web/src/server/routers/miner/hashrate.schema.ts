import { z } from 'zod'
import { specify } from '../../api/specify'
import { hashrateChart } from '../../schema/hashrate'
import { address, range, zoomFields } from '../input'

export const hashrateSchema = specify({
  summary: "A miner's hashrate over a range of time",
  rest: { method: 'GET', path: '/miners/{address}/hashrate' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ address, range, ...zoomFields }),
  output: hashrateChart.nullable(),
  absent: 'The pool has no share of this address.',
  example: { range: '24h' },
})
