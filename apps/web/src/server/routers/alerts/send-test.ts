import { sendTo } from '../../alert/channels'
import { ownProcedure } from '../../trpc'
import { sendTestSchema } from './send-test.schema'

export const sendTest = ownProcedure(sendTestSchema).mutation(({ ctx, input }) =>
  sendTo(ctx, ctx.viewer, input.id, 'test'),
)
