import type { Network } from '../chain/network.js'
import { NETWORK_NUMBERS } from '../journal/layout.js'
import { JsonFields } from './json-fields.js'
import type { JsonObject } from './signed-document.js'

/** How far the public log goes. It changes, so nothing in it is signed; what it leads to is. */
export interface LogIndex {
  readonly network: Network
  /** The pool's public key, hex. */
  readonly key: string
  /** The newest epoch; 0 while there is none. */
  readonly lastEpoch: number
  /** Segments up to this position are no longer published; their hashes, and the blocks, are. */
  readonly prunedPosition: number
}

const TYPE = 'headframe-log'
const VERSION = 1

export function logIndexDocument(index: LogIndex): JsonObject {
  return { type: TYPE, version: VERSION, ...index }
}

/** Throws DocumentError. */
export function readLogIndex(document: unknown, what: string): LogIndex {
  const fields = new JsonFields(document, what)
  fields.expectType(TYPE, VERSION)
  return {
    network: fields.name('network', NETWORK_NUMBERS),
    key: fields.hex('key', 32),
    lastEpoch: fields.count('lastEpoch'),
    prunedPosition: fields.count('prunedPosition'),
  }
}
