import { randomBytes, randomUUID } from 'node:crypto'
import {
  boxContext,
  hintOfTarget,
  MAX_CHANNELS,
  problemOfTarget,
  type ChannelTarget,
} from '@headframe/core/alert/channel'
import { parseNostrKey } from '@headframe/core/alert/npub'
import { BOX_SEED_BYTES, sealBox } from '@headframe/core/sealed-box'
import { readAlertKey, type AlertKey } from '@headframe/db/alert/alert-key'
import { addChannel, changeChannel, removeChannel } from '@headframe/db/alert/channels'
import { requestMessage } from '@headframe/db/alert/request-message'
import { verifyChannel } from '@headframe/db/alert/verify-channel'
import { refuse } from '../error/refuse'
import type { ChannelChange, NewChannelInput } from '../schema/alert'
import { openOwnerId, type AlertContext, type AlertViewer } from './owner'

const SECRET_BYTES = 32
const DONE = { done: true } as const

/** Adds a channel, and has a code sent there. Its target leaves this process in a box that only `settle` opens. */
export async function addChannelFor(ctx: AlertContext, viewer: AlertViewer, input: NewChannelInput) {
  const key = await readAlertKey(ctx.database.pool)
  if (key === undefined) throw refuse('not-started')
  const secret = input.target.kind === 'webhook' ? randomBytes(SECRET_BYTES) : undefined
  const target = targetOf(input.target, secret?.toString('hex'))
  requireSendable(target, key)
  const ownerId = await openOwnerId(ctx, viewer)
  const plain = new TextEncoder().encode(JSON.stringify(target))
  const box = sealBox(key.publicKey, plain, boxContext(ownerId, target.kind), randomBytes(BOX_SEED_BYTES))
  const { name, minLevel } = input
  const channel = { kind: target.kind, name, hint: hintOfTarget(target), target: box, minLevel }
  const channelId = await addChannel(ctx.database, ownerId, channel, ctx.nowMs())
  if (channelId === undefined) throw refuse('limit-reached', `There are ${MAX_CHANNELS} channels at most.`)
  await requestMessage(ctx.database, ownerId, channelId, 'verify', randomUUID(), ctx.nowMs())
  return { channelId, secret: secret && `whsec_${secret.toString('base64')}` }
}

/** A test, or another code; sent within seconds. */
export async function sendTo(ctx: AlertContext, viewer: AlertViewer, id: string, what: 'test' | 'verify') {
  const ownerId = await openOwnerId(ctx, viewer)
  const requested = await requestMessage(ctx.database, ownerId, BigInt(id), what, randomUUID(), ctx.nowMs())
  if (requested === 'none') throw noChannel()
  if (requested === 'not-verified') throw refuse('conflict', 'Enter the code first that was sent there.')
  if (requested === 'too-often')
    throw refuse('rate-limited', 'Too many messages were asked for within an hour.')
  return DONE
}

export async function verifyFor(
  ctx: AlertContext,
  viewer: AlertViewer,
  { id, code }: { id: string; code: string },
) {
  const ownerId = await openOwnerId(ctx, viewer)
  const verification = await verifyChannel(ctx.database, ownerId, BigInt(id), code, ctx.nowMs())
  if (verification === 'wrong') throw refuse('conflict', 'This is not the code that was sent there.')
  if (verification === 'expired') throw refuse('conflict', 'The code has expired; have another one sent.')
  if (verification === 'too-often') throw refuse('conflict', 'Too many guesses; have another code sent.')
  if (verification === 'none')
    throw refuse('not-found', 'There is no such channel, or no code was sent there.')
  return DONE
}

export async function changeChannelFor(
  ctx: AlertContext,
  viewer: AlertViewer,
  { id, ...change }: ChannelChange,
) {
  const ownerId = await openOwnerId(ctx, viewer)
  if (!(await changeChannel(ctx.database.pool, ownerId, BigInt(id), change))) throw noChannel()
  return DONE
}

export async function removeChannelFor(ctx: AlertContext, viewer: AlertViewer, id: string) {
  const ownerId = await openOwnerId(ctx, viewer)
  if (!(await removeChannel(ctx.database, ownerId, BigInt(id), ctx.nowMs()))) throw noChannel()
  return DONE
}

function noChannel() {
  return refuse('not-found', 'You have no such channel.')
}

function targetOf(input: NewChannelInput['target'], secret: string | undefined): ChannelTarget {
  if (input.kind === 'webhook') return { ...input, secret: secret! }
  if (input.kind !== 'nostr') return input
  const publicKey = parseNostrKey(input.key)
  if (publicKey === undefined) throw refuse('input-invalid', 'A Nostr key is npub1... or 32 bytes as hex.')
  return { kind: 'nostr', publicKey, relays: input.relays }
}

function requireSendable(target: ChannelTarget, { offers }: AlertKey): void {
  if (!offers.kinds.includes(target.kind))
    throw refuse('conflict', `The pool does not send by ${target.kind}.`)
  const problem = problemOfTarget(target, offers.discordUrl)
  if (problem !== null) throw refuse('input-invalid', problem)
  if (target.kind === 'telegram' && target.token === undefined && !offers.hasTelegramBot)
    throw refuse('input-invalid', 'The pool has no Telegram bot: give the token of your own.')
  const urls =
    target.kind === 'nostr'
      ? target.relays
      : target.kind === 'webhook'
        ? [target.url]
        : target.kind === 'ntfy' && target.server !== undefined
          ? [target.server]
          : []
  if (!offers.allowsPlainHttp && urls.some((url) => /^(http|ws):/i.test(url)))
    throw refuse('input-invalid', 'The URL must be encrypted: https:// or wss://.')
}
