import { verifyMessage } from '@headframe/core/message/verify-message'
import { beginSession } from '@headframe/db/account/session'
import type { Context } from '../context'
import { ApiError } from '../error/refuse'
import type { Meter } from '../limit/meter'
import { VISITOR } from '../viewer'
import { openChallenge, type AskedChallenge } from './challenge'
import { hashOfSecret, newSecret } from './secret'
import { SESSION_TERMS } from './session-terms'

export interface Proof {
  readonly challenge: string
  readonly signature: string
}

export type Proven<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly problem: string }

const MAX_USER_AGENT_LENGTH = 200
const TOO_OLD = 'This text is too old, or was not made by this pool. Ask for a new one and sign that.'
const USED = 'This text was signed and used already. Ask for a new one and sign that.'

/** Whether a challenge was signed by whoever has its address. */
export async function checkProof(
  context: Context,
  { challenge, signature }: Proof,
): Promise<Proven<{ readonly asked: AskedChallenge }>> {
  const asked = await openChallenge(context, challenge)
  if (asked === undefined) return refuse(TOO_OLD)
  const verdict = verifyMessage({ ...asked, signature })
  return verdict.ok ? { ok: true, asked } : refuse(verdict.message)
}

/**
 * Opens a session for a proof; `token` is for the cookie alone. Each try counts against whoever asks, and never against the
 * address: nobody can lock a miner out, or learn whether there is one.
 */
export async function signIn(
  context: Context,
  proof: Proof,
  browser: string,
  meter: Meter | undefined,
): Promise<Proven<{ readonly token: string; readonly address: string }>> {
  const tooMany = await takeProof(meter)
  if (tooMany !== undefined) return refuse(tooMany)
  const checked = await checkProof(context, proof)
  if (!checked.ok) return checked
  if (checked.asked.payTo !== undefined) return refuse(TOO_OLD)
  const { address, proofHash } = checked.asked
  const token = newSecret()
  const userAgent = browser.slice(0, MAX_USER_AGENT_LENGTH)
  const opening = { address, tokenHash: hashOfSecret(token), proofHash, userAgent }
  const begun = await beginSession(context.database, opening, SESSION_TERMS, context.nowMs())
  return begun === undefined ? refuse(USED) : { ok: true, token, address }
}

/** What to tell whoever has tried too often; undefined when he may try. */
async function takeProof(meter: Meter | undefined): Promise<string | undefined> {
  try {
    await meter?.take(VISITOR, 'proof')
    return undefined
  } catch (error) {
    if (error instanceof ApiError) return error.message
    throw error
  }
}

export function refuse(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem }
}
