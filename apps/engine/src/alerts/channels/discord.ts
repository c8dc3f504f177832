import { textOfMessage, type AlertMessage } from '@headframe/core/alert/message'
import { numberIn, outcomeOfPost } from '../outcome.js'
import type { Poster } from '../poster.js'
import type { Channel } from './channel.js'

/** Of `content`: https://docs.discord.com/developers/resources/webhook#execute-webhook. */
const MAX_CHARS = 2_000
/** SUPPRESS_EMBEDS: a link is a link, and no picture. */
const FLAGS = 1 << 2

export function discordChannel(
  { nowMs }: { readonly nowMs: () => number },
  poster: Poster,
): Channel<'discord'> {
  return {
    async send({ url }, { message }) {
      const posted = await poster.post({
        // The URL lies below the operator's own setting: `problemOfTarget` is asked before each try.
        url: withWait(url),
        isTrusted: true,
        body: JSON.stringify({
          content: textOfMessage(withoutMarkup(message), MAX_CHARS),
          allowed_mentions: { parse: [] },
          flags: FLAGS,
        }),
      })
      const seconds = numberIn(posted.text, 'retry_after')
      return outcomeOfPost(posted, nowMs(), seconds === undefined ? undefined : Math.ceil(seconds * 1_000))
    },
  }
}

/** Answers only when the message is there, and says what is wrong when it is not. */
function withWait(text: string): string {
  const url = new URL(text)
  url.searchParams.set('wait', 'true')
  return url.href
}

function withoutMarkup(message: AlertMessage): AlertMessage {
  const plain = (text: string): string => text.replace(/[\\`*_~|>[\]()#-]/g, '\\$&')
  return { ...message, title: plain(message.title), lines: message.lines.map(plain) }
}
