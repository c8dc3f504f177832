import { verifyMessage } from '@headframe/core/message/verify-message'
import { beginSession } from '@headframe/db/account/session'
import type { Context } from '../context'
import { openChallenge, type AskedChallenge } from './challenge'
import type { ProofLimit } from './proof-limit'
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

/** Opens a session for a proof; `token` is for the cookie alone. */
export async function signIn(
  context: Context,
  proof: Proof,
  from: { readonly client: string; readonly userAgent: string },
  limit: ProofLimit,
): Promise<Proven<{ readonly token: string; readonly address: string }>> {
  const waitMs = limit.waitMs(from.client, context.nowMs())
  if (waitMs > 0)
    return refuse(`Too many signatures that do not hold: wait ${Math.ceil(waitMs / 1000)} seconds.`)
  const checked = await checkProof(context, proof)
  if (!checked.ok || checked.asked.payTo !== undefined) {
    limit.fail(from.client, context.nowMs())
    return checked.ok ? refuse(TOO_OLD) : checked
  }
  const { address, proofHash } = checked.asked
  const token = newSecret()
  const userAgent = from.userAgent.slice(0, MAX_USER_AGENT_LENGTH)
  const opening = { address, tokenHash: hashOfSecret(token), proofHash, userAgent }
  const begun = await beginSession(context.database, opening, SESSION_TERMS, context.nowMs())
  return begun === undefined ? refuse(USED) : { ok: true, token, address }
}

export function refuse(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem }
}
