import type { ChannelKind } from '@headframe/core/alert/channel'
import type { Queryable } from '../transaction.js'

/** What whoever adds a channel has to know of the pool. */
export interface AlertKey {
  /** That targets are sealed for. */
  readonly publicKey: Uint8Array
  /** The pool's Nostr identity, hex. */
  readonly nostrKey: string
  readonly offers: AlertOffers
}

export interface AlertOffers {
  /** Kinds that the pool can send by at all. */
  readonly kinds: readonly ChannelKind[]
  /** Name of the pool's own Telegram bot; undefined: everybody brings his own. */
  readonly hasTelegramBot: boolean
  /** Where Discord's webhooks live. */
  readonly discordUrl: string
  /** Hosts that users may name by plain http, as the operator has allowed addresses of his network. */
  readonly allowsPlainHttp: boolean
}

/** Undefined while `settle` has never started. */
export async function readAlertKey(db: Queryable): Promise<AlertKey | undefined> {
  const { rows } = await db.query<{ public_key: Uint8Array; nostr_key: string; offers: AlertOffers }>(
    'SELECT public_key, nostr_key, offers FROM alert_key WHERE id = 1',
  )
  const row = rows[0]
  return row && { publicKey: new Uint8Array(row.public_key), nostrKey: row.nostr_key, offers: row.offers }
}

export async function saveAlertKey(db: Queryable, { publicKey, nostrKey, offers }: AlertKey): Promise<void> {
  await db.query(
    `INSERT INTO alert_key (id, public_key, nostr_key, offers) VALUES (1, $1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET public_key = $1, nostr_key = $2, offers = $3`,
    [publicKey, nostrKey, JSON.stringify(offers)],
  )
}
