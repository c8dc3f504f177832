import { writeJson } from '../rest/write-json'

/** How long a client waits before it comes back. */
const RETRY_MS = 5_000

/** What a stream begins with. */
export const RETRY = `retry: ${RETRY_MS}\n\n`
/** A comment for programs that wait for a line, and an event for browsers, which never see comments. */
export const PING = ': ping\nevent: ping\ndata:\n\n'
/** A proxy that hears nothing for longer may close the stream. */
export const PING_MS = 15_000

/** Each has an id that grows; nothing is sent again to who comes back, because an event only says what to ask for. */
export function eventText(value: unknown, id: string): string {
  return `id: ${id}\nevent: change\ndata: ${writeJson(value)}\n\n`
}
