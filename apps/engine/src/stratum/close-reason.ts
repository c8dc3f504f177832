/** Why a connection has ended, for the log and for the guard. */
export type CloseReason =
  | 'peer-closed'
  | 'socket-error'
  | 'line-too-long'
  | 'output-full'
  | 'too-many-waiting'
  | 'too-many-messages'
  | 'too-many-messages-from-address'
  | 'too-many-submits'
  | 'too-many-rejects'
  | 'banned'
  /** By an operator, on the console. */
  | 'cut-by-operator'
  | 'handshake-timeout'
  | 'idle'
  | 'too-many-errors'
  | 'no-extranonce1'
  | 'coinbase-too-large'
  | 'no-work'
  | 'resumed-elsewhere'
  /** Goes on in the process that owns its extranonce1. */
  | 'moved-home'
  | 'journal-failed'
  | 'pool-closing'
  /** A defect of ours that this peer's line has shown; it must not reach the other peers. */
  | 'internal-error'

/** Ends of a connection that are of the peer's own making. */
export const PEERS_FAULT: ReadonlySet<CloseReason> = new Set([
  'peer-closed',
  'socket-error',
  'handshake-timeout',
  'line-too-long',
  'too-many-errors',
  'too-many-messages',
])

/** Ends of a connection for what no miner sends, or not so much of. */
export const FLOODS: ReadonlySet<CloseReason> = new Set([
  'line-too-long',
  'output-full',
  'too-many-errors',
  'too-many-messages',
  'too-many-rejects',
  'too-many-submits',
])
