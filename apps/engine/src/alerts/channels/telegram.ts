import { textOfMessage } from '@headframe/core/alert/message'
import { numberIn, outcomeOfPost } from '../outcome.js'
import type { Poster } from '../poster.js'
import type { Channel } from './channel.js'

export interface TelegramOptions {
  /** Of the Bot API: https://core.telegram.org/bots/api. */
  readonly apiUrl: string
  /** Of the pool's own bot; without it everybody brings his own. */
  readonly token: string | undefined
  readonly nowMs: () => number
}

/** `sendMessage` takes 1 to 4096 characters after its entities are parsed; this text has none. */
const MAX_CHARS = 4_096

export function telegramChannel(
  { apiUrl, token: poolToken, nowMs }: TelegramOptions,
  poster: Poster,
): Channel<'telegram'> {
  return {
    async send({ chatId, token = poolToken }, { message }) {
      if (token === undefined)
        return { kind: 'refused', answer: 'the pool has no bot: give the token of your own' }
      const posted = await poster.post({
        url: `${apiUrl}/bot${token}/sendMessage`,
        isTrusted: true,
        body: JSON.stringify({
          chat_id: chatId,
          text: textOfMessage(message, MAX_CHARS),
          link_preview_options: { is_disabled: true },
        }),
      })
      const seconds = numberIn(posted.text, 'parameters', 'retry_after')
      return outcomeOfPost(posted, nowMs(), seconds === undefined ? undefined : seconds * 1_000)
    },
  }
}
