import type { BitcoinNode } from '@headframe/core/node/bitcoin-nodes'
import { RpcClient, type RpcObserver } from './rpc-client.js'

/** A Bitcoin node that calls can be made to: what most of the pool needs of one. */
export interface Node {
  readonly name: string
  readonly rpc: RpcClient
  /** How it is reached, for who needs a connection of another kind. */
  readonly place: BitcoinNode
}

/** The nodes in the order of the setting. `observe` hears how long each call took, and how it ended. */
export function openNodes(
  places: readonly BitcoinNode[],
  observe?: (name: string) => RpcObserver,
): readonly Node[] {
  return places.map((place) => ({
    name: place.name,
    rpc: new RpcClient({ ...place, observe: observe?.(place.name) }),
    place,
  }))
}

/** Calls under way fail. */
export function closeNodes(nodes: readonly Node[]): void {
  for (const { rpc } of nodes) rpc.close()
}
