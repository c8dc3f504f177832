import type { ChangedBy } from '@headframe/db/account/record-change'
import type { MinerViewer } from '../viewer'

/** Under whom a change is recorded. */
export function changedBy(viewer: MinerViewer, nowMs: number): ChangedBy {
  return { author: viewer.author ?? 'a token', atMs: nowMs }
}
