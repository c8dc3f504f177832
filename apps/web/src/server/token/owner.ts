import type { TokenOwner } from '@headframe/db/api-token/token-owner'
import type { MinerViewer, OperatorViewer } from '../viewer'

/** Whose tokens a viewer sees and makes: his own. */
export function tokenOwnerOf(viewer: MinerViewer | OperatorViewer): TokenOwner {
  if (viewer.kind === 'miner') return { kind: 'miner', minerId: viewer.minerId }
  return { kind: 'operator', operatorId: Number(viewer.operatorId) }
}
