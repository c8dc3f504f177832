import type { Line } from '@headframe/core/stratum/line-framer'
import { parseRequest } from '@headframe/core/stratum/parse-request'
import { otherError } from '@headframe/core/stratum/reject-code'
import { MALFORMED_TEXT, type MalformedMessage } from '@headframe/core/stratum/request'
import { dispatch } from './dispatch.js'
import type { Session } from './session.js'

/** Lines that make no sense in a row, after which the peer is not a miner. */
const MAX_MALFORMED_IN_A_ROW = 10

/** Line -> request -> handler. What makes no sense is answered, and after a while not listened to any more. */
export class Receiver {
  readonly #session: Session
  #malformedInARow = 0

  constructor(session: Session) {
    this.#session = session
  }

  receive(line: Line): void {
    this.#session.hear()
    const message = parseRequest(line)
    if (message.kind === 'malformed') return this.#refuse(message)
    this.#malformedInARow = 0
    // An answer to something we asked needs nothing more.
    if (message.kind === 'request') dispatch(this.#session, message)
  }

  #refuse({ id, reason }: MalformedMessage): void {
    this.#session.refuse(id ?? null, otherError(MALFORMED_TEXT[reason]))
    this.#malformedInARow++
    if (this.#malformedInARow === MAX_MALFORMED_IN_A_ROW) this.#session.close('too-many-errors')
  }
}
