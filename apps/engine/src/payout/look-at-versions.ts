import type { PayoutBatch } from '@headframe/core/payout/batch'
import type { Sighting } from '@headframe/core/payout/next-step'
import type { PayoutWallet } from '../wallet/payout-wallet.js'

/** Where each version is that may be out, whether or not anybody wrote down that it was sent. */
export async function lookAtVersions(
  wallet: Pick<PayoutWallet, 'look'>,
  { versions, place }: PayoutBatch,
): Promise<Map<number, Sighting>> {
  const sightings = new Map<number, Sighting>()
  for (const { number, signed } of versions) {
    if (signed === undefined) continue
    const placed = place?.version === number ? place : undefined
    sightings.set(number, await wallet.look(signed.txid, placed))
  }
  return sightings
}
