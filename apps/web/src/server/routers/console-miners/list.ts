import { listMiners } from '@headframe/db/miner/list-miners'
import { measureHashrate } from '../../../measure/hashrate'
import { spanOfWindow } from '../../../measure/span'
import { networkOf } from '../../address'
import type { Context } from '../../context'
import { askSessions } from '../../live/ask-sessions'
import { readRecord } from '../../record'
import { operatorProcedure } from '../../trpc'
import { listSchema } from './list.schema'

/** Who mines from an IP address is known while he is connected; so many of his sessions are looked at. */
const MAX_SESSIONS = 100

export const list = operatorProcedure(listSchema).query(async ({ ctx, input }) => {
  const { search, order, cursor, limit } = input
  const [{ untilMs }, addresses] = await Promise.all([readRecord(ctx), addressesFrom(ctx, search)])
  const span = spanOfWindow('1h', untilMs)
  const wish = { text: search, addresses, order, after: cursor ?? undefined }
  const found = await listMiners(ctx.database.pool, wish, span, limit + 1)
  const page = found.slice(0, limit)
  const last = found.length > limit ? page.at(-1) : undefined
  return {
    miners: page.map(({ work, shareCount, workSquared, ...miner }) => ({
      ...miner,
      hashrate: measureHashrate({ ...span, work, shareCount, workSquared }, miner.firstSeenAtMs),
    })),
    nextCursor: last && `${last.rank}:${last.minerId}`,
  }
})

/** The payout addresses of sessions from an IP address; none for a text that is no part of one. */
async function addressesFrom(ctx: Context, search: string): Promise<string[]> {
  if (!/^(\d+\.[\d.]*|[0-9a-f]*:[0-9a-f:.]*)$/i.test(search)) return []
  const look = { kind: 'look', search, order: 'newest', limit: MAX_SESSIONS } as const
  const answers = await askSessions(ctx.live.commands, await networkOf(ctx), look)
  const workers = (answers?.answers ?? []).flatMap(({ sessions }) => sessions.flatMap((each) => each.workers))
  return [...new Set(workers.map(({ address }) => address))]
}
