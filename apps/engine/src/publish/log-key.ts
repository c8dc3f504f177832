import { signingKeyOf, type SigningKey } from '@headframe/core/signature'
import { openKeyFile } from '../key-file.js'

/** The key that signs the public log. Throws ConfigError for a file that holds no key. */
export async function openLogKey(path: string, random?: (bytes: number) => Uint8Array): Promise<SigningKey> {
  return signingKeyOf(await openKeyFile('PUBLIC_LOG_KEY_FILE', path, random))
}
