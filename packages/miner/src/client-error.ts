/** The pool answered a request with an error. */
export class PoolError extends Error {
  /** Stratum's, 20 to 25 as a rule; 0 when the pool gave none. */
  readonly code: number

  constructor(code: number, text: string) {
    super(text)
    this.name = 'PoolError'
    this.code = code
  }

  /** Pools write errors as [code, text, ...], as an object, or as text. */
  static from(error: unknown): PoolError {
    if (Array.isArray(error)) {
      const [code, text] = error as unknown[]
      return new PoolError(
        typeof code === 'number' ? code : 0,
        typeof text === 'string' ? text : 'no reason given',
      )
    }
    if (typeof error === 'object' && error !== null) {
      const { code, message } = error as { code?: unknown; message?: unknown }
      return PoolError.from([code, message])
    }
    return new PoolError(0, typeof error === 'string' ? error : 'no reason given')
  }
}

/** The connection could not be made, was closed, or does not answer. `reason` is for people. */
export class ConnectionError extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'ConnectionError'
  }
}
