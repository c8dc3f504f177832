import { actionProcedure } from '../../trpc'
import { askWallet } from './ask-wallet'
import { retrySchema } from './retry.schema'

export const retry = actionProcedure(retrySchema).mutation(({ ctx, input: { id } }) =>
  askWallet(ctx, { kind: 'retry', batchId: id === undefined ? undefined : BigInt(id) }),
)
