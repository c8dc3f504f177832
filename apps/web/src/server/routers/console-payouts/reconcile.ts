import { actionProcedure } from '../../trpc'
import { askWallet } from './ask-wallet'
import { reconcileSchema } from './reconcile.schema'

export const reconcile = actionProcedure(reconcileSchema).mutation(({ ctx }) =>
  askWallet(ctx, { kind: 'reconcile', batchId: undefined }),
)
