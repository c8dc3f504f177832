import { sendTo } from '../../alert/channels'
import { operatorProcedure } from '../../trpc'
import { sendTestSchema } from './send-test.schema'

export const sendTest = operatorProcedure(sendTestSchema).mutation(({ ctx, input }) =>
  sendTo(ctx, ctx.viewer, input.id, 'test'),
)
