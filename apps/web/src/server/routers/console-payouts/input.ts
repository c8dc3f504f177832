import { z } from 'zod'

/** Number of a batch of payouts. */
export const payoutId = z
  .string()
  .regex(/^\d{1,18}$/, { error: 'A payout has a number.' })
  .describe('Number of the payout.')

export const onePayout = z.object({ id: payoutId })

/** There is nothing else to say of it. */
export const done = z.object({ done: z.literal(true) })
export const DONE = { done: true } as const

export const subjectOf = ({ id }: { readonly id: string }): string => `payout ${id}`
