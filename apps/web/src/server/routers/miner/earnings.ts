import { listEarnings } from '@headframe/db/miner/list-earnings'
import { readMiner } from '../../address'
import { procedure } from '../../trpc'
import { writeBlockCursor } from '../input'
import { earningsSchema } from './earnings.schema'

/** A miner's earnings a block, the newest first, with all that is needed to work each out again. */
export const earnings = procedure(earningsSchema).query(
  async ({ ctx, input: { cursor, limit, ...query } }) => {
    const miner = await readMiner(ctx, query.address)
    if (miner === undefined) return { earnings: [], nextCursor: undefined }
    const found = await listEarnings(ctx.database.pool, miner.minerId, cursor ?? undefined, limit + 1)
    const page = found.slice(0, limit)
    const last = page.at(-1)
    const hasMore = found.length > limit && last !== undefined
    return {
      earnings: page,
      nextCursor: hasMore ? writeBlockCursor({ foundAtMs: last.foundAtMs, hash: last.blockHash }) : undefined,
    }
  },
)
