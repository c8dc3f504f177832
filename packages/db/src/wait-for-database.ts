import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

const RETRY_MS = 1_000
const SQLSTATE = /^[0-9A-Z]{5}$/
/** Class 57P: the server is starting or stopping. 53300: it has no connection left. */
const PASSING_SQLSTATES = /^(57P|53300)/

/**
 * Waits until the server answers; `onWait` hears why it does not. Throws what waiting cannot mend (a wrong password,
 * no such database), and when `signal` aborts.
 */
export async function waitForDatabase(
  pool: pg.Pool,
  onWait: (reason: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      await pool.query('SELECT 1')
      return
    } catch (error) {
      const { code, message } = error as Error & { code?: string }
      if (code !== undefined && SQLSTATE.test(code) && !PASSING_SQLSTATES.test(code)) throw error
      onWait(message === '' ? (code ?? 'no answer') : message)
      await sleep(RETRY_MS, undefined, { signal })
    }
  }
}
