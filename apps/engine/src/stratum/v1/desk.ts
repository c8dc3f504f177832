import type { SubmitScanner } from '@headframe/core/stratum/scan-submit'
import type { PeerGuard } from '../../guard/peer-guard.js'
import type { ConnectionLog } from '../../live/connection-log.js'
import type { LiveFeed } from '../../live/live-feed.js'
import type { Presence } from '../../live/presence.js'
import type { Log } from '../../log.js'
import type { ShareJournal, SubmitShare } from '../../share/submit-share.js'
import type { ClientProfiles } from '../client-profiles.js'
import type { ConnectionLimits } from '../connection.js'
import type { Roster } from '../roster.js'
import type { TransactionLists } from '../transaction-lists.js'
import type { Turns } from '../turns.js'
import type { Work } from '../work.js'
import type { AssignedJobs } from './assigned-jobs.js'
import type { GrantMemo } from './grant.js'

export interface PeerLimits extends ConnectionLimits {
  /** A peer must have subscribed and authorized by then. */
  readonly handshakeTimeoutMs: number
  /** A peer that sends nothing at all for this long is no miner; one that is gone, TCP's keepalive finds earlier. */
  readonly idleTimeoutMs: number
}

/** What the stratum room is given. */
export interface DeskModules {
  readonly submitShare: SubmitShare
  readonly journal: ShareJournal
  readonly presence: Presence
  readonly live: Pick<LiveFeed, 'noteShare'>
  readonly connections: Pick<ConnectionLog, 'open'>
  readonly guard: PeerGuard
  readonly profiles: Pick<ClientProfiles, 'match' | 'census'>
  readonly log: Log
  /** Wall clock, whole ms: what shares are dated with and nodes judge by. */
  readonly nowMs: () => number
  /** Never set back, with fractions: for rates and timeouts. */
  readonly monotonicMs: () => number
}

/** What all sessions of a process share: one object, so that a session costs little. */
export interface Desk extends DeskModules {
  readonly limits: PeerLimits
  readonly assignedJobs: AssignedJobs
  readonly grantMemo: GrantMemo
  readonly scanner: SubmitScanner
  readonly turns: Turns
  readonly transactionLists: TransactionLists
  /** What is handed out now; undefined when the pool has no work. */
  readonly currentWork: () => Work | undefined
  /** What the operator wants every miner to be told. */
  readonly announcement: { readonly text: string | undefined }
  readonly roster: Roster
}
