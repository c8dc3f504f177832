import { randomBytes } from 'node:crypto'
import { boxContext, hintOfTarget, type ChannelTarget } from '@headframe/core/alert/channel'
import { boxPublicKey, deriveSecret, sealBox } from '@headframe/core/sealed-box'
import { addChannel } from '@headframe/db/alert/channels'
import { recordEvents } from '@headframe/db/alert/events'
import { OPERATORS_ID } from '@headframe/db/alert/owner'
import type { Database } from '@headframe/db/database'
import { testRedisPrefix, testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { parseAddressList } from '../../src/address-list.js'
import { AlertPost } from '../../src/alerts/alert-post.js'
import type { AlertSecrets } from '../../src/alerts/alert-options.js'
import type { Channels } from '../../src/alerts/channels/channel.js'
import { discordChannel } from '../../src/alerts/channels/discord.js'
import { ntfyChannel } from '../../src/alerts/channels/ntfy.js'
import { webhookChannel } from '../../src/alerts/channels/webhook.js'
import { Poster } from '../../src/alerts/poster.js'
import { Sender } from '../../src/alerts/sender.js'
import { TargetGuard } from '../../src/alerts/target-guard.js'
import { workerDown } from './parcel.js'

const seed = randomBytes(32)
export const SECRETS: AlertSecrets = {
  boxSeed: deriveSecret(seed, 'box'),
  nostrKey: deriveSecret(seed, 'nostr'),
  codeKey: deriveSecret(seed, 'code'),
}

/** An hour of the test's own: the clock runs, and is moved on by `pass`. */
export class PostOffice {
  offsetMs = 0
  readonly nowMs = (): number => Date.now() + this.offsetMs
  readonly sender: Sender
  readonly connection: Redis
  readonly post: AlertPost
  readonly #db: Database

  constructor(
    db: Database,
    { redisUrl = testServices().redisUrl, prefix = testRedisPrefix().slice(0, -1) } = {},
  ) {
    this.#db = db
    const log = pino({ level: 'silent' })
    const guard = new TargetGuard({ allowed: parseAddressList('127.0.0.0/8') })
    const poster = new Poster({ guard, timeoutMs: 20_000 })
    const channels: Channels = {
      webhook: webhookChannel({ nowMs: this.nowMs }, poster),
      ntfy: ntfyChannel({ serverUrl: 'https://ntfy.invalid', nowMs: this.nowMs }, poster),
      discord: discordChannel({ nowMs: this.nowMs }, poster),
    }
    const options = {
      poolName: 'Headframe',
      webUrl: 'https://pool.example.org',
      discordUrl: 'https://discord.com',
    }
    this.sender = new Sender(options, { db, channels, secrets: SECRETS, log, nowMs: this.nowMs })
    this.connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
    this.connection.on('error', () => undefined)
    const modules = { db, sender: this.sender, connection: this.connection, log, nowMs: this.nowMs }
    this.post = new AlertPost({ prefix }, modules)
  }

  pass(ms: number): void {
    this.offsetMs += ms
  }

  /** A channel that was verified, unless it is said otherwise. */
  async add(target: ChannelTarget, ownerId = OPERATORS_ID, isVerified = true): Promise<bigint> {
    const plain = new TextEncoder().encode(JSON.stringify(target))
    const box = sealBox(
      boxPublicKey(SECRETS.boxSeed),
      plain,
      boxContext(ownerId, target.kind),
      randomBytes(32),
    )
    const { kind } = target
    const channel = {
      kind,
      name: `my ${kind}`,
      hint: hintOfTarget(target),
      target: box,
      minLevel: 'info',
    } as const
    const id = (await addChannel(this.#db, ownerId, channel, this.nowMs()))!
    if (isVerified)
      await this.#db.pool.query('UPDATE alert_channel SET verified_at = now() WHERE id = $1', [id])
    return id
  }

  /** Something urgent, which is told at once. */
  async happen(worker: string, ownerId = OPERATORS_ID): Promise<void> {
    await recordEvents(this.#db.pool, ownerId, [
      { ...workerDown(worker), level: 'urgent', atMs: this.nowMs() },
    ])
  }

  async close(): Promise<void> {
    await this.post.close()
    this.connection.disconnect()
  }
}
