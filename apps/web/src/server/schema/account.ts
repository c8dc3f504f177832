import { z } from 'zod'
import { address } from '../routers/input'
import { maybe, timeMs } from './values'

export const challengeAnswer = z.object({
  message: z.string().describe('What to sign, as it is: one line.'),
  challenge: z.string().describe('To be handed back with the signature.'),
  expiresAtMs: timeMs,
})

export const proofInput = z.object({
  challenge: z.string().max(2_000).describe('As it was given with the text.'),
  signature: z
    .string()
    .max(8_192)
    .describe('Of the text, by the address: BIP 322 (simple or full), or as `signmessage` has it.'),
})

export const payoutAddress = z.object({
  address,
  requestedAtMs: timeMs,
  effectiveAtMs: timeMs.describe('From then on.'),
})

export const workerSettings = z.object({
  name: z.string(),
  lastShareAtMs: maybe(timeMs),
  label: maybe(z.string()),
  notes: maybe(z.string()),
  isHidden: z.boolean(),
})
