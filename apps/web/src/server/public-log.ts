import { listedAudit, readBlockAudit } from '@headframe/core/published/block-audit'
import { logIndexDocument } from '@headframe/core/published/log-index'
import { payoutProofDocument } from '@headframe/core/published/payout-proof'
import type { JsonObject } from '@headframe/core/published/signed-document'
import type { Database } from '@headframe/db/database'
import { listPublishedPayloads } from '@headframe/db/public-log/list-published-payloads'
import { readBlockDocument } from '@headframe/db/public-log/read-block-document'
import { readEpochReach } from '@headframe/db/public-log/read-epoch'
import { readLogEnd } from '@headframe/db/public-log/read-log-end'

type Pool = Pick<Database, 'pool'>

/** Segments that are read, and sent, at once; each may have a mebibyte. */
const SEGMENTS_PER_PAGE = 16

/** Undefined until the first epoch is sealed. */
export async function readIndex({ pool }: Pool): Promise<JsonObject | undefined> {
  const { network, document, epoch, prunedPosition } = await readLogEnd(pool)
  if (network === null || document === undefined) return undefined
  const { key } = JSON.parse(document) as { key: string }
  return logIndexDocument({ network, key, lastEpoch: epoch, prunedPosition: Number(prunedPosition) })
}

/** The audit document of a settled block; undefined until it is stated. */
export async function readAudit({ pool }: Pool, hash: string): Promise<JsonObject | undefined> {
  const found = await readBlockDocument(pool, hash)
  return found && listedAudit(found.document, found.epoch)
}

/** What proves the amount that a block pays to somebody; undefined when it pays him nothing. */
export async function readProof(
  { pool }: Pool,
  hash: string,
  payee: string,
): Promise<JsonObject | undefined> {
  const found = await readBlockDocument(pool, hash)
  if (found === undefined) return undefined
  const { signedStatement, rows } = readBlockAudit(JSON.parse(found.document), `block ${hash}`)
  const proof = payoutProofDocument(signedStatement, rows, payee)
  return proof && { ...proof, epoch: found.epoch ?? null }
}

/** The published segments of an epoch, one behind the other; undefined when they are not, or no longer, published. */
export async function readEpochShares(
  { pool }: Pool,
  epoch: number,
): Promise<AsyncGenerator<Uint8Array> | undefined> {
  const reach = await readEpochReach(pool, epoch)
  if (reach === undefined) return undefined
  const { firstPosition, lastPosition } = reach
  const [first] = await listPublishedPayloads(pool, firstPosition, lastPosition, 1)
  if (first === undefined && lastPosition >= firstPosition) return undefined
  return pagesOf({ pool }, firstPosition, lastPosition)
}

async function* pagesOf(
  { pool }: Pool,
  firstPosition: bigint,
  lastPosition: bigint,
): AsyncGenerator<Uint8Array> {
  for (let position = firstPosition; position <= lastPosition;) {
    const page = await listPublishedPayloads(pool, position, lastPosition, SEGMENTS_PER_PAGE)
    // They were pruned meanwhile: the reader must not take what he has for the whole.
    if (page.length === 0) throw new Error(`the segments from ${position} on are no longer published`)
    yield* page
    position += BigInt(page.length)
  }
}
