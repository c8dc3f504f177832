import { z } from 'zod'
import { SCOPES } from '../viewer'
import { count, listOf, maybe, timeMs } from './values'

const MAX_DAYS = 365

/** What `token.list` gives. */
export const tokenList = z.object({
  tokens: listOf(
    z.object({
      id: z.number(),
      prefix: z.string().describe('Its first characters.'),
      name: z.string(),
      scopes: listOf(z.string()),
      createdAtMs: timeMs,
      expiresAtMs: timeMs,
      lastUsedAtMs: maybe(timeMs).describe('To the minute; absent while it was never used.'),
      isExpired: z.boolean(),
    }),
  ),
  most: count.describe('How many one owner may have.'),
})

export const madeToken = z.object({
  id: z.number(),
  token: z.string().describe('Told this once: the pool keeps its hash.'),
  prefix: z.string(),
  expiresAtMs: timeMs,
})

export const tokenWish = {
  name: z.string().trim().min(1).max(60).describe('What you call it.'),
  expiresInDays: z.number().int().min(1).max(MAX_DAYS).describe('After how many days it ends.'),
}

/** Scopes of one kind, at least one. */
export function scopesOf(kind: 'own' | 'operator') {
  const scopes = SCOPES.filter((scope) => scope.startsWith(`${kind}:`))
  return z.array(z.enum(scopes)).min(1).max(scopes.length).describe('What it allows.')
}

export const tokenId = z.object({ id: z.number().int().positive().describe('Number of the token.') })
export const revoked = z.object({ revoked: z.literal(true) })
