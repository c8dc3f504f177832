import { router } from '../../trpc'
import { approvalAbove } from './approval-above'
import { approve } from './approve'
import { bump } from './bump'
import { cancel } from './cancel'
import { declare } from './declare'
import { exportPsbt } from './export'
import { importPsbt } from './import'
import { one } from './one'
import { pause } from './pause'
import { plan } from './plan'
import { reconcile } from './reconcile'
import { request, requests } from './requests'
import { resume } from './resume'
import { retry } from './retry'
import { setApprovalAbove } from './set-approval-above'

/** Payouts, for those who run the pool. */
export const consolePayoutsRouter = router({
  ...{ one, approve, bump, cancel, pause, plan, resume },
  ...{ exportPsbt, importPsbt, retry, reconcile, request, requests },
  ...{ declare, approvalAbove, setApprovalAbove },
})
