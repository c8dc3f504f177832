import { listActiveMiners } from '@headframe/db/pool/list-active-miners'
import { measureHashrate } from '../../../measure/hashrate'
import { spanOfWindow } from '../../../measure/span'
import type { Context } from '../../context'
import { readRecord } from '../../record'
import { procedure } from '../../trpc'
import { minersSchema } from './miners.schema'

const MAX_MINERS = 100

/** The miners with the most work in the last hour, at most a hundred. */
export const miners = procedure(minersSchema).query(({ ctx }) =>
  ctx.cache.get('pool.miners', () => list(ctx)),
)

async function list(context: Context) {
  const { untilMs } = await readRecord(context)
  const span = spanOfWindow('1h', untilMs)
  const found = await listActiveMiners(context.database.pool, span, MAX_MINERS)
  return {
    miners: found.map(({ address, firstSeenAtMs, lastShareAtMs, ...sum }) => ({
      address,
      lastShareAtMs,
      work: sum.work,
      hashrate: measureHashrate({ ...span, ...sum }, firstSeenAtMs),
    })),
    isCut: found.length === MAX_MINERS,
  }
}
