import { router } from '../../trpc'
import { changePassword } from './change-password'
import { addOneTimeCodes, removeOneTimeCodes } from './one-time-codes'
import { overview } from './overview'
import { addPasskey, removePasskey } from './passkeys'
import { renewRecoveryCodes } from './renew-recovery-codes'
import { endOtherSessions, endSession } from './sessions'

/** What an operator signs in with, and where he is signed in. */
export const consoleAccountRouter = router({
  overview,
  endSession,
  endOtherSessions,
  addPasskey,
  removePasskey,
  addOneTimeCodes,
  removeOneTimeCodes,
  renewRecoveryCodes,
  changePassword,
})
