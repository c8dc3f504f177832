import { poolSettings, type Context } from '../../context'
import { readCanary, readNode, readProcesses, readSelfCheck } from '../../live/read-live'
import { readFppsStatus } from '../../fpps-status'
import { readPayoutStatus } from '../../payout-status'
import { readRecord } from '../../record'
import { procedure } from '../../trpc'
import { statusSchema } from './status.schema'

/** What an operator looks at: nodes, what the pool finds out about itself, its payouts and reserve, its record, and its processes. */
export const status = procedure(statusSchema).query(({ ctx }) =>
  ctx.cache.get('pool.status', () => readStatus(ctx)),
)

async function readStatus(context: Context) {
  const settings = await poolSettings(context)
  if (settings === undefined) return { isSetUp: false as const }
  const { network } = settings
  const { commands } = context.live
  const [record, node, selfCheck, canary, processes, payouts, fpps] = await Promise.all([
    readRecord(context),
    readNode(commands, network),
    readSelfCheck(commands, network),
    readCanary(commands, network),
    readProcesses(commands, network, context.nowMs()),
    readPayoutStatus(context),
    readFppsStatus(context, settings),
  ])
  const paying = { ...payouts, terms: settings.payouts }
  return { isSetUp: true as const, record, node, selfCheck, canary, processes, payouts: paying, fpps }
}
