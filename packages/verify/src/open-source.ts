import { FolderSource } from './folder-source.js'
import type { LogSource } from './log-source.js'
import { WebSource } from './web-source.js'

/** A log by its URL, or by the folder it was exported into. */
export function openSource(target: string): LogSource {
  return /^https?:\/\//i.test(target) ? new WebSource(new URL(target)) : new FolderSource(target)
}

const IN_LOG = /^(.*)\/(proofs\/[0-9a-f]{64}\/[^/]+)$/

/** A proof's place, and the log that it stands in, if it stands in one. */
export interface ProofPlace {
  readonly source: LogSource
  readonly path: string
  readonly isInLog: boolean
}

export function openProof(target: string): ProofPlace {
  const [, log, path] = IN_LOG.exec(target) ?? []
  if (log !== undefined && path !== undefined) return { source: openSource(log), path, isInLog: true }
  const cut = target.lastIndexOf('/')
  const folder = cut === -1 ? '.' : target.slice(0, cut + 1)
  return { source: openSource(folder), path: target.slice(cut + 1), isInLog: false }
}
