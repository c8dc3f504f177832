import { effortOfScore } from '@headframe/core/accounting/effort'
import { listRounds } from '@headframe/db/pool/list-rounds'
import { luckHistory } from '../../../measure/luck'
import type { Context } from '../../context'
import { procedure } from '../../trpc'
import { luckSchema } from './luck.schema'

/** Enough for a shape on a phone. */
const ROUNDS = 100

/** Effort of the newest rounds, and how the pool stood after each, with where chance alone puts nine of ten pools. */
export const luck = procedure(luckSchema).query(({ ctx }) => ctx.cache.get('pool.luck', () => readLuck(ctx)))

async function readLuck(context: Context) {
  const { rounds, earlierCount, earlierScore } = await listRounds(context.database.pool, ROUNDS)
  const efforts = rounds.map(({ score }) => ({ effort: effortOfScore(score) }))
  const history = luckHistory(efforts, { rounds: earlierCount, effort: effortOfScore(earlierScore) })
  return {
    rounds: rounds.map(({ hash, height, status, foundAtMs }, index) => ({
      ...{ hash, height, status, foundAtMs },
      effort: efforts[index]!.effort,
      luck: history[index]!,
    })),
  }
}
