import { eventText, PING, PING_MS, RETRY } from '../live/event-text'

const utf8 = new TextEncoder()

/**
 * Events as a stream of server-sent events (WHATWG HTML, 9.2), made as their reader takes them.
 */
export function eventStream(
  events: AsyncIterator<unknown>,
  startedAtMs: number,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  let count = 0
  let ping: ReturnType<typeof setInterval> | undefined
  const end = () => {
    clearInterval(ping)
    onEnd()
  }
  return new ReadableStream({
    start(controller) {
      controller.enqueue(utf8.encode(RETRY))
      ping = setInterval(() => {
        // Who does not read what he has been sent is sent nothing more.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(utf8.encode(PING))
      }, PING_MS)
    },
    async pull(controller) {
      try {
        const next = await events.next()
        if (next.done === true) {
          end()
          controller.close()
        } else controller.enqueue(utf8.encode(eventText(next.value, `${startedAtMs}-${++count}`)))
      } catch {
        // The reader has left, or the server stops.
        end()
        controller.close()
      }
    },
    cancel: end,
  })
}
