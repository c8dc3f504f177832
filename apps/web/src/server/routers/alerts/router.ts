import { router } from '../../trpc'
import { addChannel } from './add-channel'
import { changeChannel } from './change-channel'
import { deliveries } from './deliveries'
import { overview } from './overview'
import { removeChannel } from './remove-channel'
import { replay } from './replay'
import { saveRule } from './save-rule'
import { saveWishes } from './save-wishes'
import { sendCode } from './send-code'
import { sendTest } from './send-test'
import { verifyChannel } from './verify-channel'

/** A miner's own. */
export const alertsRouter = router({
  addChannel,
  changeChannel,
  deliveries,
  overview,
  removeChannel,
  replay,
  saveRule,
  saveWishes,
  sendCode,
  sendTest,
  verifyChannel,
})
