import { MAX_WAITING } from '@headframe/core/payout/request'
import { askRequest, type NewRequest } from '@headframe/db/payout/ask-request'
import { readPayoutOverview } from '@headframe/db/payout/list-overviews'
import { readRequest } from '@headframe/db/payout/list-requests'
import { z } from 'zod'
import { poolSettings, type Context } from '../../context'
import { refuse } from '../../error/refuse'
import type { Change } from '../../operators/recorded-action'
import { big } from '../../schema/values'

export const asked = z.object({
  requestId: big.describe('`/console/payouts/requests/{requestId}` says what became of it.'),
})

interface Asking extends Context {
  readonly change: Change
  readonly viewer: { readonly name: string }
}

/** Asks whoever has the wallet, on record; the web has none. What becomes of it is read by the request's number. */
export async function askWallet(
  context: Asking,
  request: Omit<NewRequest, 'author'>,
): Promise<z.output<typeof asked>> {
  const { database, nowMs, change, viewer } = context
  const { batchId } = request
  if ((await poolSettings(context))?.payouts === undefined)
    throw refuse('conflict', 'The pool has no wallet: PAYOUT_WALLET_URL is not set.')
  if (batchId !== undefined && (await readPayoutOverview(database.pool, batchId)) === undefined)
    throw refuse('not-found', `There is no payout ${batchId}.`)
  let requestId: bigint | undefined
  await change.make(
    async () => {
      if (requestId === undefined) return {}
      return {
        request: requestId,
        standing: (await readRequest(database.pool, requestId, nowMs()))?.standing,
      }
    },
    async () => {
      requestId = await askRequest(database, { ...request, author: viewer.name }, nowMs())
      if (requestId === undefined)
        throw refuse('conflict', `${MAX_WAITING} requests wait for an answer already.`)
    },
  )
  return { requestId: requestId! }
}
