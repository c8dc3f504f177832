import { otherError } from '@headframe/core/stratum/reject-code'
import type { Handler } from '../dispatch.js'

/** `mining.get_transactions` (bfgminer asks to look into the block): not offered, and said so. */
export const getTransactions: Handler = (session, request) => {
  session.refuse(request.id, otherError('mining.get_transactions is not offered'))
}
