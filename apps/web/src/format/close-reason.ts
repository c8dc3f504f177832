/** How a connection ended, in a miner's words; the names are those of the engine's `CloseReason`. */
const TEXTS: Readonly<Record<string, string>> = {
  'peer-closed': 'The miner closed the connection',
  'socket-error': 'The network lost the connection',
  'line-too-long': 'It sent a line far too long for Stratum',
  'output-full': 'It did not read what the pool sent',
  'too-many-waiting': 'It sent more at once than the pool can answer',
  'too-many-messages': 'It sent more messages than any miner does',
  'too-many-messages-from-address': 'Your network sent more messages than any miners do',
  'too-many-submits': 'It sent shares far faster than its difficulty allows',
  'too-many-rejects': 'Hardly any of its shares was right',
  banned: 'The pool lets nobody in from there for a while',
  'cut-by-operator': 'The operator closed the connection',
  'handshake-timeout': 'It named no payout address within the time a miner needs for it',
  'tls-failed': 'It did not speak TLS on a port that wants it, or did not like the certificate',
  idle: 'It said nothing for too long',
  'too-many-errors': 'It does not speak Stratum: is TLS on, where the port has none?',
  'no-extranonce1': 'The pool is full',
  'coinbase-too-large': 'Its firmware cannot take a coinbase of this pool',
  'no-work': 'The pool has no work at the moment',
  'resumed-elsewhere': 'The miner went on over another connection',
  'journal-failed': 'The pool could not write its shares down',
  'pool-closing': 'The pool is being restarted',
  'internal-error': 'Something in the pool broke; it is in the log',
}

export function closeText(reason: string): string {
  return TEXTS[reason] ?? reason
}
