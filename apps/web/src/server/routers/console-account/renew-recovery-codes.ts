import { countRecoveryCodes } from '@headframe/db/operator/second-factor'
import { renewRecoveryCodes as renew } from '../../operators/second-factor'
import { actionProcedure } from '../../trpc'
import { ownSession } from './own'
import { renewRecoveryCodesSchema } from './renew-recovery-codes.schema'

export const renewRecoveryCodes = actionProcedure(renewRecoveryCodesSchema).mutation(({ ctx }) => {
  const session = ownSession(ctx)
  return ctx.change.make(
    async () => ({ left: await countRecoveryCodes(ctx.database.pool, session.operatorId) }),
    async () => ({ recoveryCodes: await renew(ctx, session) }),
  )
})
