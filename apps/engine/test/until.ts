import { setTimeout as sleep } from 'node:timers/promises'

/** A bound on what never comes, below that of an integration test: a test that hangs says where. */
const GIVE_UP_AFTER_MS = 45_000

/**
 * Waits until it is so.
 * @throws Error that names the condition, with the caller's stack
 */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const error = new Error(`It did not come to this: ${isTrue.toString()}`)
  const startedAtMs = performance.now()
  while (!(await isTrue())) {
    if (performance.now() - startedAtMs > GIVE_UP_AFTER_MS) throw error
    await sleep(2)
  }
}
