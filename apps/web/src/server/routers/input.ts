import { z } from 'zod'
import { RANGES } from '../../measure/range'

/** Input of a procedure that takes none. */
export const nothing = z.void()
export const range = z.enum(RANGES).describe('How far to look back.')
/** A stretch of time that was picked out of a chart, instead of the whole range. */
export const zoomFields = {
  fromMs: z
    .int()
    .nonnegative()
    .optional()
    .describe('Begins here and not where the range does, ms since 1970.'),
  toMs: z.int().nonnegative().optional().describe('Ends here; counts only together with `fromMs`.'),
}

export function zoomOf(input: { readonly fromMs?: number | undefined; readonly toMs?: number | undefined }) {
  const { fromMs, toMs } = input
  return fromMs === undefined || toMs === undefined || fromMs >= toMs ? undefined : { fromMs, toMs }
}
/** Longer than any address; `parseAddress` says what is wrong with the rest. */
export const address = z.string().max(200).describe('A Bitcoin address of the network the pool mines on.')
export const workerName = z.string().max(255).describe('As the miner named it; empty when he named none.')
export const blockHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/i, { error: 'A block hash has 64 hexadecimal digits.' })
  .describe('Hash of a block in display order.')
export const pageSize = z.number().int().min(1).max(100).describe('How many at most.')
/** Where a page of payouts ends: number of a batch. */
export const payoutCursor = z
  .string()
  .regex(/^\d{1,18}$/, { error: 'A payout has a number.' })
  .describe('The `nextCursor` of the page before.')

/** Where a page of blocks ends, as one text: time and hash of its last block. */
export const blockCursor = z
  .string()
  .regex(/^\d{1,15}-[0-9a-f]{64}$/, { error: 'Not a cursor that the pool has given.' })
  .transform((text) => {
    const [foundAtMs = '', hash = ''] = text.split('-')
    return { foundAtMs: Number(foundAtMs), hash }
  })
  .describe('The `nextCursor` of the page before.')

export function writeBlockCursor(last: { readonly foundAtMs: number; readonly hash: string }): string {
  return `${last.foundAtMs}-${last.hash}`
}
