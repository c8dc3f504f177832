import { generateSecret, generateURI, verify } from 'otplib'
import { encode } from 'uqr'

/** A code of the step before or after is taken: clocks differ, and people type slowly. */
const TOLERANCE_SECONDS = 30
const SECRET_BYTES = 20
const ISSUER = 'Headframe'

export const newTotpSecret = (): string => generateSecret({ length: SECRET_BYTES })

/** What an authenticator app is to know: as text, and as the dark and light squares of a QR code. */
export interface ProposedTotp {
  readonly secret: string
  readonly squares: readonly (readonly boolean[])[]
}

export function drawTotp(secret: string, name: string, host: string): ProposedTotp {
  const address = generateURI({ issuer: `${ISSUER} ${host}`, label: name, secret })
  return { secret, squares: encode(address, { ecc: 'M', border: 2 }).data }
}

/** The step of RFC 6238 that the code is of; undefined when it is of none that is near. */
export async function stepOfCode(secret: string, typed: string, nowMs: number): Promise<bigint | undefined> {
  const token = typed.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const epoch = Math.floor(nowMs / 1000)
  const result = await verify({ secret, token, epoch, epochTolerance: TOLERANCE_SECONDS })
  if (!result.valid || !('timeStep' in result)) return undefined
  return BigInt(result.timeStep)
}
