import type { Submission } from '../../share/share.js'
import { parseHexBytes, parseHexU32 } from '../hex.js'
import type { MalformedParams } from './malformed-params.js'

/** Longest wire job id that is looked up; ours have ten characters. */
export const MAX_JOB_ID_CHARS = 32

/** Longest extranonce2 that is read, bytes: the most that known firmware can hold. The job asks for one size. */
const MAX_EXTRANONCE2_BYTES = 32

export interface SubmitParams {
  /** As sent; whose share it is was settled by `mining.authorize`. */
  readonly username: string
  /** As sent; `job-position.ts` reads it. */
  readonly wireJobId: string
  readonly submission: Submission
}

/**
 * `mining.submit`: [username, jobId, extranonce2, ntime, nonce, versionBits?]. Hex of either case; ntime, nonce and
 * version bits may lack leading zeros. A sixth parameter of null is none; what follows it is passed over.
 */
export function parseSubmit(params: readonly unknown[]): SubmitParams | MalformedParams {
  const [username, wireJobId, extranonce2Hex, ntimeHex, nonceHex, versionBitsHex] = params
  if (typeof username !== 'string') return { malformed: 'username must be a string' }
  if (typeof wireJobId !== 'string' || wireJobId.length > MAX_JOB_ID_CHARS) {
    return { malformed: `job id must be a string of at most ${MAX_JOB_ID_CHARS} characters` }
  }
  const extranonce2 = readExtranonce2(extranonce2Hex)
  if (extranonce2 === undefined) {
    return { malformed: `extranonce2 must be the hex of at most ${MAX_EXTRANONCE2_BYTES} bytes` }
  }
  const ntime = readU32(ntimeHex)
  if (ntime === undefined) return { malformed: 'ntime must be up to 8 hex digits' }
  const nonce = readU32(nonceHex)
  if (nonce === undefined) return { malformed: 'nonce must be up to 8 hex digits' }
  const hasVersionBits = versionBitsHex !== undefined && versionBitsHex !== null
  const versionBits = hasVersionBits ? readU32(versionBitsHex) : undefined
  if (hasVersionBits && versionBits === undefined)
    return { malformed: 'version bits must be up to 8 hex digits' }
  return { username, wireJobId, submission: { extranonce2, ntime, nonce, versionBits } }
}

function readU32(value: unknown): number | undefined {
  return typeof value === 'string' ? parseHexU32(value) : undefined
}

function readExtranonce2(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string' || value.length > 2 * MAX_EXTRANONCE2_BYTES) return undefined
  return parseHexBytes(value)
}
