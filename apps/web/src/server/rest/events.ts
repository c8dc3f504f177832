import { writeJson } from './write-json'

/** A proxy that hears nothing for longer may close the stream. */
const PING_MS = 15_000
/** How long a client waits before it comes back. */
const RETRY_MS = 5_000

const utf8 = new TextEncoder()

/**
 * Events as a stream of server-sent events (WHATWG HTML, 9.2), made as their reader takes them. Each has an id that
 * grows; nothing is sent again to who comes back, because an event only says what to ask for.
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
      controller.enqueue(utf8.encode(`retry: ${RETRY_MS}\n\n`))
      ping = setInterval(() => {
        // Who does not read what he has been sent is sent nothing more.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(utf8.encode(': ping\n\n'))
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

function eventText(value: unknown, id: string): string {
  return `id: ${id}\nevent: change\ndata: ${writeJson(value)}\n\n`
}
