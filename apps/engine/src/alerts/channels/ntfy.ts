import { cut } from '@headframe/core/alert/message'
import type { AlertLevel } from '@headframe/core/alert/rules'
import { outcomeOfPost } from '../outcome.js'
import type { Poster } from '../poster.js'
import type { Channel } from './channel.js'

export interface NtfyOptions {
  /** The server of whoever names none. */
  readonly serverUrl: string
  readonly nowMs: () => number
}

/** A longer message becomes an attachment: https://docs.ntfy.sh/publish/. A character has three bytes at most, or two halves. */
const MAX_MESSAGE_BYTES = 4_096
const MAX_MESSAGE_CHARS = Math.floor(MAX_MESSAGE_BYTES / 3)
const PRIORITIES: Readonly<Record<AlertLevel, number>> = { info: 3, warning: 4, urgent: 5 }

export function ntfyChannel({ serverUrl, nowMs }: NtfyOptions, poster: Poster): Channel<'ntfy'> {
  return {
    async send({ topic, server, token }, { message }) {
      const posted = await poster.post({
        // JSON goes to the root of the server.
        url: new URL('/', server ?? serverUrl).href,
        isTrusted: server === undefined,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        body: JSON.stringify({
          topic,
          title: message.title,
          message: cut(message.lines.join('\n'), MAX_MESSAGE_CHARS),
          priority: PRIORITIES[message.level],
          click: message.link,
        }),
      })
      return outcomeOfPost(posted, nowMs())
    },
  }
}
