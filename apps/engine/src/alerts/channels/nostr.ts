import { createRumor, createSeal, createWrap } from 'nostr-tools/nip59'
import { WebSocket } from 'ws'
import { textOfMessage } from '@headframe/core/alert/message'
import { outcomeOfError } from '../outcome.js'
import { SEND_TIMEOUT_MS } from '../poster.js'
import type { PinnedTarget, TargetGuard } from '../target-guard.js'
import type { Channel } from './channel.js'

export interface NostrOptions {
  /** The pool's identity. */
  readonly secretKey: Uint8Array
  /** Those of whoever names none; they lead where the operator has said. */
  readonly relays: readonly string[]
  readonly timeoutMs?: number
}

/** NIP-17: a private direct message. */
const PRIVATE_MESSAGE = 14
const MAX_CHARS = 4_096
const MAX_FRAME_BYTES = 65_536

/**
 * A private message (NIP-17), sealed and wrapped (NIP-59), given to relays; one that takes it is enough. A second try has
 * the same message inside, which clients show once.
 */
export function nostrChannel(
  { secretKey, relays, timeoutMs = SEND_TIMEOUT_MS }: NostrOptions,
  guard: TargetGuard,
): Channel<'nostr'> {
  return {
    async send({ publicKey, relays: own }, { message, createdAtMs }) {
      const rumor = createRumor(
        {
          kind: PRIVATE_MESSAGE,
          content: textOfMessage(message, MAX_CHARS),
          tags: [['p', publicKey]],
          created_at: Math.floor(createdAtMs / 1_000),
        },
        secretKey,
      )
      const wrap = createWrap(createSeal(rumor, secretKey, publicKey), publicKey)
      const urls = own.length > 0 ? own : relays
      if (urls.length === 0) return { kind: 'refused', answer: 'there is no relay to send by: name one' }
      const answers = await Promise.all(
        urls.map(async (url) => {
          try {
            const pinned = own.length > 0 ? await guard.pin(url) : undefined
            return { url, ...(await publish(url, wrap, pinned, timeoutMs)) }
          } catch (error) {
            return { url, isTaken: false, said: outcomeOfError(error).answer }
          }
        }),
      )
      const answer = answers.map(({ url, said }) => `${new URL(url).host}: ${said}`).join('; ')
      return { kind: answers.some(({ isTaken }) => isTaken) ? 'sent' : 'later', answer }
    },
  }
}

interface RelayAnswer {
  readonly isTaken: boolean
  readonly said: string
}

/** NIP-01: `["EVENT", event]`, answered by `["OK", id, taken, words]`. */
function publish(
  url: string,
  event: { readonly id: string },
  pinned: PinnedTarget | undefined,
  timeoutMs: number,
): Promise<RelayAnswer> {
  const socket = new WebSocket(url, {
    followRedirects: false,
    handshakeTimeout: timeoutMs,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    ...(pinned === undefined ? {} : { lookup: pinned.lookup }),
  })
  return new Promise<RelayAnswer>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs)
    socket.on('open', () => socket.send(JSON.stringify(['EVENT', event])))
    socket.on('message', (data: Buffer) => {
      const answer = readAnswer(data.toString(), event.id)
      if (answer !== undefined) resolve(answer)
    })
    socket.on('error', reject)
    socket.on('close', () => {
      clearTimeout(timer)
      reject(new Error('the relay closed before it answered'))
    })
  }).finally(() => socket.terminate())
}

function readAnswer(text: string, eventId: string): RelayAnswer | undefined {
  try {
    const frame = JSON.parse(text) as unknown
    if (!Array.isArray(frame) || frame[0] !== 'OK' || frame[1] !== eventId) return undefined
    const said = typeof frame[3] === 'string' && frame[3] !== '' ? frame[3].slice(0, 200) : 'taken'
    return { isTaken: frame[2] === true, said }
  } catch {
    return undefined
  }
}
