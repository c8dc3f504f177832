import { readOperator } from '@headframe/db/operator/operator'
import { listPasskeys } from '@headframe/db/operator/passkey'
import { countRecoveryCodes } from '@headframe/db/operator/second-factor'
import { listSessions } from '@headframe/db/operator/session'
import { SESSION_TERMS } from '../../operators/session-terms'
import { operatorProcedure } from '../../trpc'
import { overviewSchema } from './overview.schema'

export const overview = operatorProcedure(overviewSchema).query(async ({ ctx }) => {
  const { pool } = ctx.database
  const operatorId = Number(ctx.viewer.operatorId)
  const [operator, sessions, passkeys, recoveryCodesLeft] = await Promise.all([
    readOperator(pool, operatorId),
    listSessions(pool, operatorId, SESSION_TERMS, ctx.nowMs()),
    listPasskeys(pool, operatorId),
    countRecoveryCodes(pool, operatorId),
  ])
  return {
    sessions: sessions.map((session) => ({ ...session, isThis: session.id === ctx.viewer.sessionId })),
    passkeys: passkeys.map(({ credentialId, ...passkey }) => ({
      ...passkey,
      id: credentialId.toString('base64url'),
    })),
    hasOneTimeCodes: operator?.totpSecret !== undefined,
    recoveryCodesLeft,
  }
})
