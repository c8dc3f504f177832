import { hexToBytes } from '@headframe/core/bytes'
import { describeEvent } from '@headframe/core/alert/describe-event'
import { MAX_LINES_A_MESSAGE } from '@headframe/core/alert/message'
import { hmacSha256 } from '@headframe/core/sealed-box'
import { outcomeOfPost } from '../outcome.js'
import type { Poster } from '../poster.js'
import type { Channel, Parcel } from './channel.js'

/** Signed as Standard Webhooks say (standardwebhooks.com, version 1): HMAC-SHA256 over `id.timestamp.body`. */
export function webhookChannel(
  { nowMs }: { readonly nowMs: () => number },
  poster: Poster,
): Channel<'webhook'> {
  return {
    async send({ url, secret }, parcel) {
      const body = bodyOf(parcel)
      const id = `msg_${parcel.deliveryId}`
      const timestamp = String(Math.floor(nowMs() / 1_000))
      const signature = hmacSha256(hexToBytes(secret), `${id}.${timestamp}.${body}`)
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${Buffer.from(signature).toString('base64')}`,
      }
      const posted = await poster.post({ url, headers, body })
      const outcome = outcomeOfPost(posted, nowMs())
      // A receiver that is being set up or restarted says 401 or 404 for a while; 410 is its way to say never again.
      const isForNow = outcome.kind === 'refused' && posted.status >= 400 && posted.status !== 410
      return isForNow ? { ...outcome, kind: 'later' } : outcome
    },
  }
}

/** The same in every try. */
function bodyOf({ message, events, createdAtMs }: Parcel): string {
  const { title, level, link } = message
  return JSON.stringify({
    type: 'alert',
    timestamp: new Date(createdAtMs).toISOString(),
    data: {
      title,
      level,
      link,
      count: events.length,
      events: events.slice(0, MAX_LINES_A_MESSAGE).map((event) => ({
        key: event.key,
        rule: event.rule,
        what: event.what,
        level: event.level,
        at: new Date(event.atMs).toISOString(),
        text: describeEvent(event).text,
        facts: event.facts,
      })),
    },
  })
}
