import { readRecordEnd } from '@headframe/db/pool/read-record-end'
import { reachOfRecord, type RecordReach } from '../measure/record'
import type { Context } from './context'

export interface Record extends RecordReach {
  /** The database's clock. */
  readonly nowMs: number
  readonly firstShareAtMs: number | undefined
}

/** How far the pool's record reaches; every hashrate ends there. */
export function readRecord(context: Context): Promise<Record> {
  return context.cache.get('record', async () => {
    const end = await readRecordEnd(context.database.pool)
    const reach = reachOfRecord({ ...end, sharesSeenAtMs: context.live.sharesSeenAtMs })
    return { ...reach, nowMs: end.nowMs, firstShareAtMs: end.firstShareAtMs }
  })
}
