import { countActive } from '@headframe/db/pool/count-active'
import { readChainTip } from '@headframe/db/pool/read-chain-tip'
import { sumPoolWork } from '@headframe/db/pool/sum-pool-work'
import { measureHashrate, type Hashrate } from '../../../measure/hashrate'
import { spanOfWindow, type Window } from '../../../measure/span'
import { poolSettings, type Context } from '../../context'
import { readNode, readPresence } from '../../live/read-live'
import { readRecord, type Record } from '../../record'
import { readRoundNow } from '../../round'
import { procedure } from '../../trpc'
import { summarySchema } from './summary.schema'

/** The pool as it stands: hashrates, who is mining, the node, the round. */
export const summary = procedure(summarySchema).query(({ ctx }) =>
  ctx.cache.get('pool.summary', () => summarise(ctx)),
)

async function summarise(context: Context) {
  const settings = await poolSettings(context)
  if (settings === undefined) return { isSetUp: false as const, nowMs: context.nowMs() }
  const { live } = context
  const db = context.database.pool
  const record = await readRecord(context)
  const activeSinceMs = spanOfWindow('10m', record.untilMs).startsAtMs
  const [tenMinutes, hour, day, active, tip, round, node, presence] = await Promise.all([
    hashrate(context, record, '10m'),
    hashrate(context, record, '1h'),
    hashrate(context, record, '24h'),
    countActive(db, activeSinceMs),
    readChainTip(db),
    readRoundNow(context),
    readNode(live.commands, settings.network),
    readPresence(live.commands, settings.network, context.nowMs()),
  ])
  const { network, poolTag, poolAddress, feeBasisPoints, pplnsWindow } = settings
  return {
    isSetUp: true as const,
    nowMs: record.nowMs,
    settings: { network, poolTag, poolAddress, feeBasisPoints, pplnsWindow },
    record,
    hashrates: { '10m': tenMinutes, '1h': hour, '24h': day },
    active,
    tip,
    round,
    node,
    presence,
  }
}

async function hashrate(context: Context, record: Record, window: Window): Promise<Hashrate> {
  const span = spanOfWindow(window, record.untilMs)
  return measureHashrate(
    { ...span, ...(await sumPoolWork(context.database.pool, span)) },
    record.firstShareAtMs,
  )
}
