import type { PayoutBatch, PayoutVersion } from './batch.js'

/** The version that waits for a signature. Throws Error when there is none. */
export function versionToSign({
  id,
  state,
  versions,
}: Pick<PayoutBatch, 'id' | 'state' | 'versions'>): PayoutVersion {
  const newest = versions.at(-1)
  if (newest === undefined || newest.signed !== undefined)
    throw new Error(`Payout ${id} is ${state}, and has nothing to sign.`)
  return newest
}
