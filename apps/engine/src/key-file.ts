import { randomBytes } from 'node:crypto'
import * as nodeFiles from 'node:fs/promises'
import { dirname } from 'node:path'
import { bytesToHex, hexToBytes } from '@headframe/core/bytes'
import { ConfigError, type Setting } from './env.js'
import { isMissing } from './is-missing.js'

const SEED_BYTES = 32
const SEED = /^[0-9a-f]{64}\n?$/

/**
 * 32 secret bytes, as hex in a file that only its owner reads, made when there is none. Throws ConfigError for a file that
 * holds anything else, rather than going on under another key.
 */
export async function openKeyFile(
  setting: Setting,
  path: string,
  random: (bytes: number) => Uint8Array = randomBytes,
): Promise<Uint8Array> {
  const text = (await readKey(path)) ?? (await makeKey(path, random))
  if (!SEED.test(text)) {
    throw new ConfigError([`${setting}: ${path} holds no key, which is 64 hex digits; restore it`])
  }
  return hexToBytes(text.trim())
}

async function readKey(path: string): Promise<string | undefined> {
  try {
    return await nodeFiles.readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Synced before it is used: what a lost key has signed or sealed could never be continued or opened. */
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
