import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { listOf } from '../../schema/values'
import { nothing } from '../input'

export const renewRecoveryCodesSchema = specifyAction({
  action: 'account.renew-recovery-codes',
  subject: () => 'recovery codes',
  summary: 'Make new recovery codes',
  description: 'Those that you had serve no more.',
  rest: { method: 'POST', path: '/console/account/recovery-codes' },
  access: 'operator:read',
  input: nothing,
  output: z.object({ recoveryCodes: listOf(z.string()).describe('Shown this once.') }),
  errors: ['session-needed'],
})
