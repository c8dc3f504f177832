import { deserialize, serialize } from 'node:v8'
import { concatBytes, equalBytes } from '@headframe/core/bytes'
import type { Network } from '@headframe/core/chain/network'
import { sha256 } from '@headframe/core/hash'
import type { KeptJob } from './kept-job.js'

/** ASCII `HFJOB`, two zeros, and the version of what follows: SHA-256 of the rest, and the rest as `node:v8` writes it. */
const MAGIC = Uint8Array.of(0x48, 0x46, 0x4a, 0x4f, 0x42, 0, 0, 2)
const DIGEST_END = MAGIC.length + 32

/** A file that is no job of this pool's: damaged, of another version or of another network. */
export class JobFileError extends Error {
  override readonly name = 'JobFileError'
}

interface Content extends KeptJob {
  readonly network: Network
}

/**
 * A kept job as the bytes of a file. Only this program reads them, on the machine that wrote them; the digest says
 * that they are whole, so that nothing else of them needs to be looked at.
 */
export function encodeJobFile({ job, postedAtMs }: KeptJob, network: Network): Uint8Array {
  const content = serialize({ network, job, postedAtMs } satisfies Content)
  return concatBytes(MAGIC, sha256(content), content)
}

/** Throws JobFileError. The byte fields of the job are views of `bytes`. */
export function decodeJobFile(bytes: Uint8Array, network: Network): KeptJob {
  if (!equalBytes(bytes.subarray(0, MAGIC.length), MAGIC)) throw new JobFileError('this is no job file')
  const content = bytes.subarray(DIGEST_END)
  if (!equalBytes(sha256(content), bytes.subarray(MAGIC.length, DIGEST_END))) {
    throw new JobFileError('its bytes are not those that were written')
  }
  const { network: owner, job, postedAtMs } = contentOf(content)
  if (owner !== network) throw new JobFileError(`it is a job of ${owner}, the node is on ${network}`)
  return { job, postedAtMs }
}

function contentOf(bytes: Uint8Array): Content {
  try {
    return deserialize(bytes) as Content
  } catch (error) {
    // Written by a newer Node, whose form of it this one does not know.
    throw new JobFileError('this version of Node cannot read it', { cause: error })
  }
}
