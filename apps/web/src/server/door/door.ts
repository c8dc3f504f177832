import type { IncomingMessage, ServerResponse } from 'node:http'

/** Takes a request that is for it, and says whether it was. */
export type Door = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean

/** Whoever comes is let in by the first that takes him. */
export function doorOf(...doors: readonly Door[]): Door {
  return (incoming, outgoing) => doors.some((door) => door(incoming, outgoing))
}
