import { generateSecret, generateURI, verify } from 'otplib'

/** A code of the step before or after is taken: clocks differ, and people type slowly. */
const TOLERANCE_SECONDS = 30
const SECRET_BYTES = 20
const ISSUER = 'Headframe'

export const newTotpSecret = (): string => generateSecret({ length: SECRET_BYTES })

/** What an authenticator app reads, as a QR code. */
export const totpAddress = (secret: string, name: string, host: string): string =>
  generateURI({ issuer: `${ISSUER} ${host}`, label: name, secret })

/** The step of RFC 6238 that the code is of; undefined when it is of none that is near. */
export async function stepOfCode(secret: string, typed: string, nowMs: number): Promise<bigint | undefined> {
  const token = typed.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const epoch = Math.floor(nowMs / 1000)
  const result = await verify({ secret, token, epoch, epochTolerance: TOLERANCE_SECONDS })
  if (!result.valid || !('timeStep' in result)) return undefined
  return BigInt(result.timeStep)
}
