import type { StratumError } from './reject-code.js'
import type { RequestId } from './request.js'

/** The line that answers a request with a result. UTF-8 when written, newline included. */
export function resultLine(id: RequestId, result: unknown): string {
  return `{"id":${formatId(id)},"result":${JSON.stringify(result)},"error":null}\n`
}

/** The answer to an accepted share and to everything else that is answered with a plain yes. */
export function trueLine(id: RequestId): string {
  return `{"id":${formatId(id)},"result":true,"error":null}\n`
}

/** The line that answers a request with an error. */
export function errorLine(id: RequestId, error: StratumError): string {
  return `{"id":${formatId(id)},"result":null,"error":${JSON.stringify(error)}}\n`
}

/** An id as it stands in an answer: what the peer wrote. */
export function formatId(id: RequestId): string {
  if (typeof id === 'number') return String(id)
  return typeof id === 'string' || id === null ? JSON.stringify(id) : id.numberText
}
