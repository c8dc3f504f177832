import { z } from 'zod'
import { RANGES } from '../../measure/range'

export const range = z.enum(RANGES)
/** Longer than any address; `parseAddress` says what is wrong with the rest. */
export const address = z.string().max(200)
export const workerName = z.string().max(255)
export const blockHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/i, { error: 'A block hash has 64 hexadecimal digits.' })
export const blockCursor = z.object({ foundAtMs: z.number().int(), hash: blockHash })
/** Number of a batch of payouts. */
export const payoutCursor = z.string().regex(/^\d{1,18}$/, { error: 'A payout has a number.' })
export const pageSize = z.number().int().min(1).max(100)
