/** Tries of a message before it counts as undeliverable; some two hours. */
export const MAX_ATTEMPTS = 10
const FIRST_DELAY_MS = 15_000
const MAX_DELAY_MS = 3_600_000
/** A peer that wants to be left alone for longer than this is asked again after it. */
export const MAX_RETRY_AFTER_MS = 6 * 3_600_000

/** What became of one try to deliver. `later` is tried again, not before `afterMs` when the peer has said so. */
export type Outcome =
  | { readonly kind: 'sent'; readonly answer: string }
  | { readonly kind: 'later'; readonly answer: string; readonly afterMs?: number | undefined }
  | { readonly kind: 'refused'; readonly answer: string }

/** After the `attempts`-th try (from 1) has failed; undefined when that was the last. */
export function retryDelayMs(attempts: number, afterMs = 0): number | undefined {
  if (attempts >= MAX_ATTEMPTS) return undefined
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempts - 1), MAX_DELAY_MS)
  return Math.max(delay, Math.min(afterMs, MAX_RETRY_AFTER_MS))
}
