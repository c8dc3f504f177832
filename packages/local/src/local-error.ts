/** What went wrong on this machine, by name: callers choose exit codes and tests tell cases apart with it. */
export type LocalErrorCode =
  | 'already-running'
  | 'cannot-install'
  | 'child-failed'
  | 'no-program'
  | 'not-reachable'
  | 'port-in-use'
  | 'rpc-failed'
  | 'timed-out'

/** A failure a person can act on: `message` says what is wrong and `advice` what to do about it. */
export class LocalError extends Error {
  override readonly name = 'LocalError'
  readonly code: LocalErrorCode
  readonly advice: string

  constructor(code: LocalErrorCode, message: string, advice = '') {
    super(advice === '' ? message : `${message}\n${advice}`)
    this.code = code
    this.advice = advice
  }
}
