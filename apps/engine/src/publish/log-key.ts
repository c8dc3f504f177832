import { randomBytes } from 'node:crypto'
import * as nodeFiles from 'node:fs/promises'
import { dirname } from 'node:path'
import { bytesToHex, hexToBytes } from '@headframe/core/bytes'
import { SEED_BYTES, signingKeyOf, type SigningKey } from '@headframe/core/signature'
import { ConfigError } from '../env.js'
import { isMissing } from '../is-missing.js'

const SEED = /^[0-9a-f]{64}\n?$/

/**
 * The key that signs the public log: 32 bytes as hex in a file that only its owner reads, made when there is none.
 * Throws ConfigError for a file that holds anything else, rather than going on under another key.
 */
export async function openLogKey(
  path: string,
  random: (bytes: number) => Uint8Array = randomBytes,
): Promise<SigningKey> {
  const text = (await readKey(path)) ?? (await makeKey(path, random))
  if (!SEED.test(text)) {
    throw new ConfigError([`PUBLIC_LOG_KEY_FILE: ${path} holds no key, which is 64 hex digits; restore it`])
  }
  return signingKeyOf(hexToBytes(text.trim()))
}

async function readKey(path: string): Promise<string | undefined> {
  try {
    return await nodeFiles.readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Synced before it is used: what a lost key has signed could never be continued. */
async function makeKey(path: string, random: (bytes: number) => Uint8Array): Promise<string> {
  await nodeFiles.mkdir(dirname(path), { recursive: true })
  const text = `${bytesToHex(random(SEED_BYTES))}\n`
  const file = await nodeFiles.open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  return text
}
