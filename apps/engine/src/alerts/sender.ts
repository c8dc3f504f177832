import { boxContext, problemOfTarget, type ChannelTarget } from '@headframe/core/alert/channel'
import { composeMessage } from '@headframe/core/alert/message'
import { readTarget } from '@headframe/core/alert/read-target'
import type { Outcome } from '@headframe/core/alert/retry'
import { hmacSha256, openBox } from '@headframe/core/sealed-box'
import { claimDelivery, type ClaimedDelivery } from '@headframe/db/alert/claim-delivery'
import { finishDelivery, type DeliveryFate } from '@headframe/db/alert/finish-delivery'
import { tagTarget } from '@headframe/db/alert/tag-target'
import { CODE_VALID_MS, saveCode } from '@headframe/db/alert/verify-channel'
import type { Database } from '@headframe/db/database'
import type { Log } from '../log.js'
import type { AlertSecrets } from './alert-options.js'
import type { Channel, Channels, Parcel } from './channels/channel.js'
import { outcomeOfError } from './outcome.js'

/** Codes that are sent to one target within a day, whoever asks for them. */
export const MAX_CODES_A_DAY = 5
const DAY_MS = 86_400_000
const CODE_DIGITS = 8

export interface SenderOptions {
  readonly poolName: string
  readonly webUrl: string
  readonly discordUrl: string
}

export interface SenderModules {
  readonly db: Database
  readonly channels: Channels
  readonly secrets: AlertSecrets
  readonly log: Log
  readonly nowMs: () => number
}

/** Makes one try to deliver. All that it has to know stands in the database, so that any process may make the next. */
export class Sender {
  readonly #options: SenderOptions
  readonly #modules: SenderModules

  constructor(options: SenderOptions, modules: SenderModules) {
    this.#options = options
    this.#modules = modules
  }

  /** Undefined: it was not to be tried now. Throws when the database is away; what was sent by then is sent once more. */
  async send(deliveryId: bigint): Promise<DeliveryFate | undefined> {
    const { db, log, nowMs } = this.#modules
    const delivery = await claimDelivery(db, deliveryId, nowMs())
    if (delivery === undefined) return undefined
    const outcome = await this.#try(delivery)
    const fate = await finishDelivery(db, delivery, outcome, nowMs())
    const { channelId, kind, attempts } = delivery
    const line = {
      delivery: String(deliveryId),
      channel: String(channelId),
      kind,
      attempts,
      answer: outcome.answer,
    }
    if (fate === 'dead') log.warn(line, 'an alert cannot be delivered')
    else log.debug(line, fate === 'sent' ? 'an alert is delivered' : 'an alert is tried again later')
    return fate
  }

  async #try(delivery: ClaimedDelivery): Promise<Outcome> {
    const target = this.#open(delivery)
    if (target === undefined)
      return { kind: 'refused', answer: 'the target of the channel cannot be read: add it again' }
    const problem = problemOfTarget(target, this.#options.discordUrl)
    if (problem !== null) return { kind: 'refused', answer: problem }
    const code = await this.#codeFor(delivery, target)
    if (code === 'too-many')
      return { kind: 'refused', answer: `${MAX_CODES_A_DAY} codes were sent there within a day` }
    const channel = this.#modules.channels[target.kind] as Channel<typeof target.kind> | undefined
    if (channel === undefined)
      return { kind: 'refused', answer: `the pool does not send by ${target.kind} any more` }
    try {
      const outcome = await channel.send(target, this.#pack(delivery, code?.code))
      if (code !== undefined && outcome.kind === 'sent') await this.#keepCode(delivery, code.code)
      return outcome
    } catch (error) {
      return outcomeOfError(error)
    }
  }

  /** Undefined for a box of another key, and for a target of another kind than its channel's. */
  #open({ owner, kind, target }: ClaimedDelivery): ChannelTarget | undefined {
    try {
      const box = openBox(this.#modules.secrets.boxSeed, target, boxContext(owner.ownerId, kind))
      const read = readTarget(new TextDecoder().decode(box))
      return read.kind === kind ? read : undefined
    } catch (error) {
      this.#modules.log.warn(
        { reason: (error as Error).message },
        'the target of an alert channel cannot be read',
      )
      return undefined
    }
  }

  /** The code of a delivery that brings one: the same in every try, and written down nowhere before it is sent. */
  async #codeFor(
    delivery: ClaimedDelivery,
    target: ChannelTarget,
  ): Promise<{ readonly code: string } | 'too-many' | undefined> {
    if (!delivery.events.some(({ rule }) => rule === 'verify')) return undefined
    const { db, secrets, nowMs } = this.#modules
    const tag = hmacSha256(secrets.codeKey, `target ${tagText(target)}`)
    const sent = await tagTarget(db.pool, delivery.channelId, tag, nowMs() - DAY_MS)
    if (sent >= MAX_CODES_A_DAY) return 'too-many'
    const digest = hmacSha256(secrets.codeKey, `code ${delivery.channelId} ${delivery.id}`)
    const number = Buffer.from(digest).readBigUInt64BE() % 10n ** BigInt(CODE_DIGITS)
    return { code: String(number).padStart(CODE_DIGITS, '0') }
  }

  #keepCode({ channelId }: ClaimedDelivery, code: string): Promise<void> {
    const { db, nowMs } = this.#modules
    return saveCode(db.pool, channelId, code, nowMs())
  }

  #pack(
    { id, createdAtMs, owner, address, events: stored }: ClaimedDelivery,
    code: string | undefined,
  ): Parcel {
    const { poolName, webUrl } = this.#options
    const events =
      code === undefined
        ? stored
        : stored.map((event) => ({ ...event, facts: { ...event.facts, code, validMs: CODE_VALID_MS } }))
    const ownerPath = address === undefined ? '/status' : `/miners/${address}`
    const message = composeMessage(events, { poolName, webUrl, ownerPath, timeZone: owner.timeZone })
    return { deliveryId: id, createdAtMs, message, events }
  }
}

/** Of what names a mailbox, without what may differ between two ways to it. */
function tagText(target: ChannelTarget): string {
  if (target.kind === 'email') return `email ${target.address.toLowerCase()}`
  const { kind, ...rest } = target
  const place = { telegram: 'chatId', discord: 'url', ntfy: 'topic', nostr: 'publicKey', webhook: 'url' }[
    kind
  ]
  return `${kind} ${String((rest as Readonly<Record<string, unknown>>)[place])}`
}
