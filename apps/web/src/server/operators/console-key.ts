import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals what the database must not tell whoever reads a copy of it: the secrets that one-time codes are made from. The
 * key is in a file that is made when it is first needed, and in no backup of the database.
 */
export class ConsoleKey {
  readonly #file: string
  #key: Buffer | undefined

  constructor(file: string) {
    this.#file = file
  }

  /** `context` says what it is; it opens as nothing else. AES-256-GCM. */
  seal(plain: string, context: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#load(), nonce).setAAD(Buffer.from(context))
    return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  }

  /** Throws Error when it was sealed with another key, or as something else. */
  open(sealed: Buffer, context: string): string {
    const decipher = createDecipheriv('aes-256-gcm', this.#load(), sealed.subarray(0, NONCE_BYTES))
    decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(-TAG_BYTES))
    try {
      const body = sealed.subarray(NONCE_BYTES, -TAG_BYTES)
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
    } catch (error) {
      const what = `what was sealed as "${context}" does not open with the key in ${this.#file}`
      throw new Error(`${what}: put the old key back, or run \`npm run operators -- reset NAME\``, {
        cause: error,
      })
    }
  }

  #load(): Buffer {
    return (this.#key ??= loadKey(this.#file))
  }
}

function loadKey(file: string): Buffer {
  const made = randomBytes(KEY_BYTES).toString('base64')
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    // It is there, or another process was quicker: theirs is the key.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length !== KEY_BYTES)
    throw new Error(`CONSOLE_KEY_FILE: ${file} does not hold a key: ${KEY_BYTES} bytes in base64`)
  return key
}
