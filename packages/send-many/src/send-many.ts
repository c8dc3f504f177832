/**
 * Sends `bytes` to each of the first `count` sockets of `fds`, and waits for none. `sent[i]` becomes the number of
 * bytes that the kernel took for `fds[i]`: all, some, or none where a buffer is full; -1 where there is an error, or no
 * socket (a negative fd). Throws RangeError when `count` is more than an array has, and nothing is sent.
 *
 * Who calls it knows that nothing else is on its way to those sockets.
 */
export type SendMany = (fds: Int32Array, count: number, bytes: Uint8Array, sent: Int32Array) => void

/**
 * Like `SendMany`, to each its own bytes: to `fds[i]` those from the end of the one before (0 for the first) to
 * `ends[i]`. Throws RangeError too when an end is before its start or behind the bytes.
 */
export type SendEach = (
  fds: Int32Array,
  ends: Int32Array,
  count: number,
  bytes: Uint8Array,
  sent: Int32Array,
) => void

/** The addon's two functions. */
export interface Senders {
  readonly sendMany: SendMany
  readonly sendEach: SendEach
}
