import {
  addPasskey,
  listPasskeys,
  markPasskeyUsed,
  setChallenge,
  takeChallenge,
} from '@headframe/db/operator/passkey'
import type { OperatorSession } from '@headframe/db/operator/session'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { refuse, type Answer, type Desk } from './desk'
import { finishEnrolment, showSecondFactor } from './second-factor'
import { CHALLENGE_MS } from './session-terms'
import type { Site } from '../site'

const MAX_PASSKEYS = 10
const MAX_NAME_LENGTH = 60

/** What the browser asks an authenticator to make a passkey by. */
export async function beginPasskey(
  desk: Desk,
  session: OperatorSession,
  { host }: Site,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const known = await listPasskeys(desk.database.pool, session.operatorId)
  const options = await generateRegistrationOptions({
    rpName: 'Headframe',
    rpID: host,
    userName: session.name,
    userID: new Uint8Array(Buffer.from(`operator ${session.operatorId}`)),
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId.toString('base64url') })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
  await remember(desk, session, options.challenge)
  return options
}

/** Keeps the passkey that an authenticator has made. */
export async function finishPasskey(
  desk: Desk,
  session: Pick<OperatorSession, 'id' | 'operatorId'>,
  site: Site,
  { response, name }: { readonly response: RegistrationResponseJSON; readonly name: string },
): Promise<Answer> {
  const { pool } = desk.database
  const expectedChallenge = await takeChallenge(pool, session.id, desk.nowMs())
  if (expectedChallenge === undefined) return refuse('That took too long. Try again.')
  if ((await listPasskeys(pool, session.operatorId)).length >= MAX_PASSKEYS)
    return refuse(`You have ${MAX_PASSKEYS} passkeys already. Remove one first.`)
  const made = await verifyRegistrationResponse({
    response,
    expectedChallenge,
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    requireUserVerification: false,
  }).catch(() => undefined)
  if (made?.verified !== true) return refuse('The browser made no passkey for this site.')
  const { credential } = made.registrationInfo
  const passkey = {
    credentialId: Buffer.from(credential.id, 'base64url'),
    name: name.trim().slice(0, MAX_NAME_LENGTH) || 'Passkey',
    publicKey: Buffer.from(credential.publicKey),
    signCount: credential.counter,
    transports: credential.transports ?? [],
  }
  await addPasskey(pool, session.operatorId, passkey, desk.nowMs())
  return { ok: true }
}

/** The first second factor of an operator who follows his link: to make it is to have shown it. */
export async function enrolPasskey(
  desk: Desk,
  session: OperatorSession,
  site: Site,
  response: RegistrationResponseJSON,
): Promise<Answer<{ readonly recoveryCodes: readonly string[] }>> {
  const made = await finishPasskey(desk, session, site, { response, name: '' })
  if (!made.ok) return made
  const shown = await showSecondFactor(desk, session, 'passkey', () => Promise.resolve(true))
  return shown.ok ? finishEnrolment(desk, session) : shown
}

/** What the browser asks a passkey of his to sign; undefined where he has none. */
export async function askPasskey(
  desk: Desk,
  session: OperatorSession,
  { host }: Site,
): Promise<PublicKeyCredentialRequestOptionsJSON | undefined> {
  const known = await listPasskeys(desk.database.pool, session.operatorId)
  if (known.length === 0) return undefined
  const options = await generateAuthenticationOptions({
    rpID: host,
    userVerification: 'preferred',
    allowCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId.toString('base64url'),
      transports: [...transports],
    })),
  })
  await remember(desk, session, options.challenge)
  return options
}

/** Whether a passkey of his has signed what it was asked to. */
export function showPasskey(
  desk: Desk,
  session: OperatorSession,
  site: Site,
  response: AuthenticationResponseJSON,
): Promise<Answer> {
  return showSecondFactor(desk, session, 'passkey', () => verify(desk, session, site, response))
}

async function verify(
  desk: Desk,
  session: OperatorSession,
  site: Site,
  response: AuthenticationResponseJSON,
): Promise<boolean> {
  const { pool } = desk.database
  const expectedChallenge = await takeChallenge(pool, session.id, desk.nowMs())
  const known = await listPasskeys(pool, session.operatorId)
  const passkey = known.find(({ credentialId }) => credentialId.toString('base64url') === response.id)
  if (expectedChallenge === undefined || passkey === undefined) return false
  const signed = await verifyAuthenticationResponse({
    response,
    expectedChallenge,
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    credential: {
      id: response.id,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: passkey.signCount,
    },
    requireUserVerification: false,
  }).catch(() => undefined)
  if (signed?.verified !== true) return false
  await markPasskeyUsed(pool, passkey.credentialId, signed.authenticationInfo.newCounter, desk.nowMs())
  return true
}

const remember = (desk: Desk, session: OperatorSession, challenge: string): Promise<void> =>
  setChallenge(desk.database.pool, session.id, challenge, desk.nowMs() + CHALLENGE_MS)
