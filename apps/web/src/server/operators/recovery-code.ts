import { createHash, randomBytes } from 'node:crypto'

const CODES = 10
/** 50 bits: more than anybody can try. */
const CODE_CHARACTERS = 10
/** Without letters and digits that look alike; 32 of them, so that each byte gives one without bias. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz023456789'

/** As they are shown, once: `abcde-fghjk`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, () => {
    const text = [...randomBytes(CODE_CHARACTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
    return `${text.slice(0, CODE_CHARACTERS / 2)}-${text.slice(CODE_CHARACTERS / 2)}`
  })
}

/** However it was typed. */
export const recoveryCodeHash = (typed: string): Buffer =>
  createHash('sha256')
    .update(typed.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .digest()

/** Whether it may be one: a one-time code is not. */
export const looksLikeRecoveryCode = (typed: string): boolean =>
  typed.replace(/[^A-Za-z0-9]/g, '').length === CODE_CHARACTERS
