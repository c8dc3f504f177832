import type { Duplex } from 'node:stream'

/** How long one side may take to pass on the last bytes of the other. */
const END_TIMEOUT_MS = 1_000
/** A peer that takes nothing for so long while bytes wait for it is gone, though its connection may not say so. */
const STALL_TIMEOUT_MS = 30_000

/** Passes on what each says to the other, no faster than it takes it, until either is gone; then both are. */
export function joinStreams(a: Duplex, b: Duplex, stallTimeoutMs = STALL_TIMEOUT_MS): void {
  pass(a, b, stallTimeoutMs)
  pass(b, a, stallTimeoutMs)
}

/** Like `pipe`, which would wait for a stalled peer for ever: whoever is not read from is not seen to leave either. */
function pass(from: Duplex, to: Duplex, stallTimeoutMs: number): void {
  let stall: NodeJS.Timeout | undefined
  from.on('data', (chunk: Uint8Array) => {
    if (to.write(chunk)) return
    from.pause()
    stall = setTimeout(() => to.destroy(), stallTimeoutMs)
    stall.unref()
  })
  to.on('drain', () => {
    clearTimeout(stall)
    from.resume()
  })
  from.once('end', () => to.end())
  // What went wrong shows in the close that follows.
  from.on('error', () => undefined)
  from.once('close', () => end(to))
  to.once('close', () => clearTimeout(stall))
  from.resume()
}

/** One that has been ended, because the other came to its proper end, may still send its last bytes. */
function end(stream: Duplex): void {
  if (!stream.writableEnded) {
    stream.destroy()
    return
  }
  const timer = setTimeout(() => stream.destroy(), END_TIMEOUT_MS)
  timer.unref()
  stream.once('close', () => clearTimeout(timer))
}
