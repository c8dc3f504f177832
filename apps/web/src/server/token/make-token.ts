import { createHash } from 'node:crypto'

/** What tokens begin with, so that a scanner of leaked secrets knows them. */
const MARK = 'hf_'
const SECRET_BYTES = 32
const SHOWN_CHARACTERS = MARK.length + 8

const FORM = new RegExp(`^${MARK}[0-9a-f]{${SECRET_BYTES * 2}}$`)

export interface MadeToken {
  /** Told once. */
  readonly token: string
  readonly tokenHash: Uint8Array
  readonly prefix: string
}

export function makeToken(randomBytes: (count: number) => Uint8Array): MadeToken {
  const token = MARK + Buffer.from(randomBytes(SECRET_BYTES)).toString('hex')
  return { token, tokenHash: hashToken(token), prefix: token.slice(0, SHOWN_CHARACTERS) }
}

/** It has 256 random bits, so a fast hash hides it as well as a slow one would. */
export function hashToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest()
}

export function isTokenForm(text: string): boolean {
  return FORM.test(text)
}
