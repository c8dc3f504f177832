import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Network } from '@headframe/core/chain/network'
import { payToText, signInText } from '@headframe/core/message/account-text'
import { readAccountKey } from '@headframe/db/account/account-key'
import { z } from 'zod'
import type { Context } from '../context'
import { hashOfSecret, newSecret } from './secret'

const MINUTE_MS = 60_000
/** Time to find the wallet, and to sign on another machine. */
const CHALLENGE_MS = 30 * MINUTE_MS
const NUMBER_BYTES = 16
/** Longer than any that we give out. */
export const MAX_CHALLENGE_LENGTH = 2_000

const FIELDS = z.object({
  host: z.string(),
  network: z.string(),
  address: z.string(),
  payTo: z.string().optional(),
  number: z.string(),
  askedAtMs: z.number(),
})

/** What somebody is asked to sign. */
export interface Challenge {
  readonly host: string
  readonly network: Network
  readonly address: string
  /** Where he wants to be paid; undefined: he signs in. */
  readonly payTo?: string | undefined
}

export interface AskedChallenge extends Challenge {
  readonly message: string
  /** Of the challenge: none is good for two things. */
  readonly proofHash: Buffer
}

export interface SealedChallenge {
  /** What to sign. */
  readonly message: string
  /** To be handed back with the signature. Nothing is kept of a challenge until it is answered. */
  readonly challenge: string
  readonly expiresAtMs: number
}

/** Asks for a proof. It costs nothing to ask, so that it is the same for every address, known or not. */
export async function askChallenge(context: Context, asked: Challenge): Promise<SealedChallenge> {
  const askedAtMs = context.nowMs()
  const fields = { ...asked, number: randomBytes(NUMBER_BYTES).toString('hex'), askedAtMs }
  const body = Buffer.from(JSON.stringify(fields)).toString('base64url')
  const challenge = `${body}.${await sealOf(context, body)}`
  return { message: messageOf(fields), challenge, expiresAtMs: askedAtMs + CHALLENGE_MS }
}

/** A challenge that this pool gave out and that is not too old; undefined for anything else. */
export async function openChallenge(
  context: Context,
  challenge: string,
): Promise<AskedChallenge | undefined> {
  const [body = '', seal = '', ...others] = challenge.split('.')
  const wanted = Buffer.from(await sealOf(context, body))
  const given = Buffer.from(seal)
  if (others.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined
  const fields = FIELDS.parse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  if (context.nowMs() - fields.askedAtMs >= CHALLENGE_MS) return undefined
  const asked = { ...fields, network: fields.network as Network }
  return { ...asked, message: messageOf(asked), proofHash: hashOfSecret(body) }
}

function messageOf(fields: Challenge & { readonly number: string; readonly askedAtMs: number }): string {
  const { askedAtMs, payTo } = fields
  const text = { ...fields, asked: minuteOf(askedAtMs), expires: minuteOf(askedAtMs + CHALLENGE_MS) }
  return payTo === undefined ? signInText(text) : payToText(text, payTo)
}

/** `2026-11-26 15:04 UTC` */
function minuteOf(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

async function sealOf({ database }: Context, body: string): Promise<string> {
  const key = await readAccountKey(database.pool, Buffer.from(newSecret(), 'base64url'))
  return createHmac('sha256', key).update(body).digest('base64url')
}
