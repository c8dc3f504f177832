import { z } from 'zod'
import { specify } from '../../api/specify'
import { hashrateChart } from '../../schema/hashrate'
import { address, range, workerName, zoomFields } from '../input'

export const hashrateSchema = specify({
  summary: "A worker's hashrate over a range of time",
  // Its name may be empty, or hold a slash: it does not stand in the path.
  rest: { method: 'GET', path: '/miners/{address}/worker-hashrate' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ address, worker: workerName, range, ...zoomFields }),
  output: hashrateChart.nullable(),
  absent: 'The pool knows no such worker.',
  example: { worker: 'garage', range: '24h' },
})
