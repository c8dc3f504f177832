import * as nodeFiles from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { listedAudit } from '@headframe/core/published/block-audit'
import { readEpoch } from '@headframe/core/published/epoch'
import { logIndexDocument } from '@headframe/core/published/log-index'
import {
  auditPath,
  epochPath,
  epochSharesPath,
  fppsPath,
  INDEX_PATH,
} from '@headframe/core/published/log-paths'
import type { Database } from '@headframe/db/database'
import { readFppsDocument } from '@headframe/db/public-log/fpps-document'
import { listPublishedPayloads } from '@headframe/db/public-log/list-published-payloads'
import { readBlockDocument } from '@headframe/db/public-log/read-block-document'
import { readEpochDocument } from '@headframe/db/public-log/read-epoch'
import { readLogEnd } from '@headframe/db/public-log/read-log-end'
import { isMissing } from '../is-missing.js'

/** Segments that are read and written at once; each may have a mebibyte. */
const SEGMENTS_PER_PAGE = 16

export interface Exported {
  /** Epochs that were not in the folder before. */
  readonly newEpochs: number
  readonly lastEpoch: number
}

/**
 * Writes the public log into a folder, in the layout of docs/verify.md. What is there already never changes, so it is left
 * alone: the next export adds what is new. The index is written last, and names nothing that is not there.
 */
export async function exportLog({ pool }: Pick<Database, 'pool'>, folder: string): Promise<Exported> {
  const { epoch: lastEpoch, document, network, prunedPosition } = await readLogEnd(pool)
  if (document === undefined || network === null) return { newEpochs: 0, lastEpoch: 0 }
  let newEpochs = 0
  for (let epoch = 1; epoch <= lastEpoch; epoch++) {
    if (await exists(join(folder, epochPath(epoch)))) continue
    await exportEpoch(pool, folder, epoch)
    newEpochs++
  }
  const { key } = JSON.parse(document) as { key: string }
  // A folder keeps what the database has let go of, as far as it was exported before.
  const isWhole = await exists(join(folder, epochSharesPath(1)))
  const index = { network, key, lastEpoch, prunedPosition: isWhole ? 0 : Number(prunedPosition) }
  await put(folder, INDEX_PATH, JSON.stringify(logIndexDocument(index)))
  return { newEpochs, lastEpoch }
}

/** Its document last: with that it counts as exported. */
async function exportEpoch(pool: Database['pool'], folder: string, number: number): Promise<void> {
  const document = await readEpochDocument(pool, number)
  if (document === undefined) throw new Error(`there is no epoch ${number}`)
  const { firstPosition, segments, blocks, fpps } = readEpoch(JSON.parse(document), `epoch ${number}`)
  await exportShares(pool, join(folder, epochSharesPath(number)), firstPosition, segments.length)
  for (const { hash } of blocks as readonly { readonly hash: string }[]) {
    const audit = await readBlockDocument(pool, hash)
    if (audit === undefined) throw new Error(`block ${hash} has no audit document`)
    await put(folder, auditPath(hash), JSON.stringify(listedAudit(audit.document, audit.epoch)))
  }
  for (const { endPosition } of fpps) {
    const credits = await readFppsDocument(pool, BigInt(endPosition))
    if (credits === undefined) throw new Error(`there are no FPPS credits up to segment ${endPosition}`)
    await put(folder, fppsPath(endPosition), credits)
  }
  await put(folder, epochPath(number), document)
}

/** No file where the shares are no longer published. */
async function exportShares(
  pool: Database['pool'],
  path: string,
  firstPosition: number,
  count: number,
): Promise<void> {
  const lastPosition = BigInt(firstPosition + count - 1)
  await nodeFiles.mkdir(dirname(path), { recursive: true })
  const file = await nodeFiles.open(path, 'w')
  let written = 0
  try {
    while (written < count) {
      const position = BigInt(firstPosition + written)
      const page = await listPublishedPayloads(pool, position, lastPosition, SEGMENTS_PER_PAGE)
      if (page.length === 0) break
      for (const payload of page) await file.write(payload)
      written += page.length
    }
  } finally {
    await file.close()
  }
  if (written < count) await nodeFiles.rm(path)
}

async function put(folder: string, path: string, text: string): Promise<void> {
  await nodeFiles.mkdir(dirname(join(folder, path)), { recursive: true })
  await nodeFiles.writeFile(join(folder, path), text)
}

async function exists(path: string): Promise<boolean> {
  try {
    await nodeFiles.access(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
