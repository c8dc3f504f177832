import {
  findMinerOwner,
  openMinerOwner,
  OPERATORS_ID,
  readOwner,
  type AlertOwner,
} from '@headframe/db/alert/owner'
import type { OwnerKind } from '@headframe/core/alert/rules'
import type { RequestContext } from '../context'
import type { MinerViewer, OperatorViewer } from '../viewer'

/** What the procedures need of their context. */
export type AlertContext = Pick<RequestContext, 'database' | 'nowMs'>

/** Whose alerts somebody may see and change: a miner his own, an operator those of the operators. */
export type AlertViewer = MinerViewer | OperatorViewer

export function kindOf(viewer: AlertViewer): OwnerKind {
  return viewer.kind === 'miner' ? 'miner' : 'operators'
}

/** Undefined while he has never asked for alerts. */
export function findOwner({ database }: AlertContext, viewer: AlertViewer): Promise<AlertOwner | undefined> {
  return viewer.kind === 'miner'
    ? findMinerOwner(database.pool, viewer.minerId)
    : readOwner(database.pool, OPERATORS_ID)
}

/** Of whoever asks for alerts; made for a miner who does so for the first time. */
export async function openOwnerId({ database, nowMs }: AlertContext, viewer: AlertViewer): Promise<number> {
  if (viewer.kind === 'operator') return OPERATORS_ID
  return (await openMinerOwner(database.pool, viewer.minerId, nowMs())).ownerId
}
