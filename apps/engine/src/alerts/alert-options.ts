import { join } from 'node:path'
import type { ChannelKind } from '@headframe/core/alert/channel'
import { boxPublicKey, deriveSecret } from '@headframe/core/sealed-box'
import type { AlertKey } from '@headframe/db/alert/alert-key'
import { getPublicKey } from 'nostr-tools/pure'
import { parseAddressList } from '../address-list.js'
import type { EngineOptions } from '../env.js'
import { openKeyFile } from '../key-file.js'
import { parseRelays } from '../setting-forms.js'
import type { Channels } from './channels/channel.js'
import { discordChannel } from './channels/discord.js'
import { emailChannel } from './channels/email.js'
import { nostrChannel } from './channels/nostr.js'
import { ntfyChannel } from './channels/ntfy.js'
import { telegramChannel } from './channels/telegram.js'
import { webhookChannel } from './channels/webhook.js'
import { Poster } from './poster.js'
import { TargetGuard, type ResolveHost } from './target-guard.js'

/** Secrets of the pool's alerts, all out of one key. */
export interface AlertSecrets {
  /** Opens what channels' targets are sealed in. */
  readonly boxSeed: Uint8Array
  readonly nostrKey: Uint8Array
  /** Makes codes, and tags of targets. */
  readonly codeKey: Uint8Array
}

export async function openAlertSecrets({ ALERT_KEY_FILE, DATA_DIR }: EngineOptions): Promise<AlertSecrets> {
  const seed = await openKeyFile('ALERT_KEY_FILE', ALERT_KEY_FILE ?? join(DATA_DIR, 'alerts.key'))
  return {
    boxSeed: deriveSecret(seed, 'headframe alert channels'),
    nostrKey: deriveSecret(seed, 'headframe nostr identity'),
    codeKey: deriveSecret(seed, 'headframe alert codes'),
  }
}

/** The name that messages carry: the pool's tag without what fences it. */
export function poolNameOf({ POOL_TAG }: EngineOptions): string {
  return POOL_TAG.replace(/^\/|\/$/g, '') || 'Headframe'
}

/** A channel of each kind that the settings allow. */
export function openChannels(
  options: EngineOptions,
  { nostrKey }: AlertSecrets,
  { nowMs, resolve }: { readonly nowMs: () => number; readonly resolve?: ResolveHost | undefined },
): Channels {
  const guard = new TargetGuard({ allowed: parseAddressList(options.ALERT_ALLOWED_NETWORKS ?? ''), resolve })
  const poster = new Poster({ guard })
  const { ALERT_SMTP_URL: smtpUrl, ALERT_MAIL_FROM: from } = options
  return {
    email:
      smtpUrl === undefined || from === undefined
        ? undefined
        : emailChannel({ smtpUrl, from, poolName: poolNameOf(options) }),
    telegram: telegramChannel(
      { apiUrl: options.ALERT_TELEGRAM_URL, token: options.ALERT_TELEGRAM_TOKEN, nowMs },
      poster,
    ),
    discord: discordChannel({ nowMs }, poster),
    ntfy: ntfyChannel({ serverUrl: options.ALERT_NTFY_URL, nowMs }, poster),
    nostr: nostrChannel(
      { secretKey: nostrKey, relays: parseRelays(options.ALERT_NOSTR_RELAYS ?? '') },
      guard,
    ),
    webhook: webhookChannel({ nowMs }, poster),
  }
}

/** What whoever adds a channel has to know. */
export function alertKeyOf(
  options: EngineOptions,
  { boxSeed, nostrKey }: AlertSecrets,
  channels: Channels,
): AlertKey {
  const kinds = (Object.keys(channels) as ChannelKind[]).filter((kind) => channels[kind] !== undefined)
  return {
    publicKey: boxPublicKey(boxSeed),
    nostrKey: getPublicKey(nostrKey),
    offers: {
      kinds,
      hasTelegramBot: options.ALERT_TELEGRAM_TOKEN !== undefined,
      discordUrl: options.ALERT_DISCORD_URL,
      allowsPlainHttp: options.ALERT_ALLOWED_NETWORKS !== undefined,
    },
  }
}
