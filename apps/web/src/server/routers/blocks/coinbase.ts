import { readCoinbase } from '../../coinbase'
import { procedure } from '../../trpc'
import { coinbaseSchema } from './coinbase.schema'

/** What the coinbase of a block pays and says; null until the block is published. */
export const coinbase = procedure(coinbaseSchema).query(async ({ ctx, input }) => {
  return (await readCoinbase(ctx.database, input.hash.toLowerCase())) ?? null
})
