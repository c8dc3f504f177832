/** A failure a person can act on; it is shown without a stack trace. */
export class UpError extends Error {
  override readonly name = 'UpError'
}
