import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

const SECRET_BYTES = 24

/** The secret kept in a file only its owner reads; made on first use. Safe inside a URL as it is. */
export function secretFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  writeFileSync(path, secret, { mode: 0o600, flag: 'wx' })
  return secret
}
