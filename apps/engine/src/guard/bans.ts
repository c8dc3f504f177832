import type { LiveBan } from '@headframe/core/live/live-feed'

/** What the rest of the room wants of the list. Addresses are those of `formatAddressKey`. */
export interface Bans {
  isBanned(address: string): boolean
  ban(address: string, reason: string): LiveBan
}
