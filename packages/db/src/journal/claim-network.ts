import type { Network } from '@headframe/core/chain/network'
import type { Queryable } from '../transaction.js'

/** The database holds another network's pool. */
export class WrongNetwork extends Error {
  override readonly name = 'WrongNetwork'
  readonly network: Network
  readonly claimedBy: string

  constructor(network: Network, claimedBy: string) {
    super(
      `the database belongs to a pool on ${claimedBy} and cannot serve ${network}; give each network its own`,
    )
    this.network = network
    this.claimedBy = claimedBy
  }
}

/** A database belongs to the network that was written first. Throws WrongNetwork on another. */
export async function claimNetwork(db: Queryable, network: Network): Promise<void> {
  const { rows } = await db.query<{ network: string }>(
    'UPDATE journal_head SET network = coalesce(network, $1) WHERE id = 1 RETURNING network',
    [network],
  )
  const claimedBy = rows[0]!.network
  if (claimedBy !== network) throw new WrongNetwork(network, claimedBy)
}
