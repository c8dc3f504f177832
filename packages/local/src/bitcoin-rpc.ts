import { LocalError } from './local-error.js'

/** An answer of the node that is an error; `rpcCode` as in Bitcoin Core's src/rpc/protocol.h. */
export class RpcError extends LocalError {
  readonly rpcCode: number

  constructor(method: string, rpcCode: number, message: string) {
    super('rpc-failed', `${method}: ${message} (${String(rpcCode)})`)
    this.rpcCode = rpcCode
  }
}

/** Calls the node, with positional parameters, and gives the result as JSON has it. */
export type Rpc = <T = unknown>(method: string, params?: readonly unknown[]) => Promise<T>

interface Answer {
  readonly result: unknown
  readonly error: { readonly code: number; readonly message: string } | null
}

/** Mining or loading a wallet may take this long; anything else is quicker. */
const CALL_TIMEOUT_MS = 60_000

/** fetch says only that it failed; what happened to the connection is in the cause. */
function rethrow(error: unknown): never {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  throw new LocalError('rpc-failed', cause instanceof Error ? cause.message : String(cause))
}

/**
 * A JSON-RPC client for tests and set-up, without retries. `url` may carry user and password, and a wallet's
 * path.
 */
export function bitcoinRpc(url: string): Rpc {
  const { username, password, origin, pathname } = new URL(url)
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`
  return async <T>(method: string, params: readonly unknown[] = []): Promise<T> => {
    const response = await fetch(origin + pathname, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '1.0', id: 0, method, params }),
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    }).catch(rethrow)
    if (response.status === 401 || response.status === 403) {
      throw new LocalError('rpc-failed', `the node refuses the credentials (HTTP ${String(response.status)})`)
    }
    const answer = (await response.json()) as Answer
    if (answer.error !== null) throw new RpcError(method, answer.error.code, answer.error.message)
    return answer.result as T
  }
}
