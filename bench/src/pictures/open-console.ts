import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '@headframe/db/database'
import { addOperator } from '@headframe/db/operator/add-operator'
import { openSession } from '@headframe/db/operator/session'

/** An operator who has shown both of what he has, by the cookie of his browser. Only for a pool that was made up. */
export async function openConsole({ pool }: Database, url: string): Promise<{ name: string; value: string }> {
  const nowMs = Date.now()
  const token = randomBytes(32).toString('base64url')
  const operatorId = await addOperator(pool, { name: 'ada', email: 'ada@pool.example', role: 'admin' }, nowMs)
  if (operatorId === undefined) throw new Error(`the made-up pool at ${url} has an operator already`)
  const tokenHash = createHash('sha256').update(token).digest()
  await openSession(pool, { operatorId, tokenHash, isEnrolment: false, userAgent: 'pictures' }, nowMs)
  await pool.query('UPDATE operator_session SET second_factor_at = created_at WHERE operator_id = $1', [
    operatorId,
  ])
  return { name: 'headframe-console', value: token }
}
