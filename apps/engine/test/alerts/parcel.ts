import { composeMessage } from '@headframe/core/alert/message'
import type { AlertEvent } from '@headframe/core/alert/event'
import type { Parcel } from '../../src/alerts/channels/channel.js'

export const AT_MS = Date.UTC(2026, 10, 26, 14, 36)

export function workerDown(worker: string): AlertEvent {
  const facts = { worker, subject: worker, sinceMs: AT_MS - 900_000 }
  return {
    rule: 'worker-down',
    key: `worker-down:began:${worker}`,
    level: 'warning',
    atMs: AT_MS,
    what: 'began',
    facts,
  }
}

export function parcelOf(events: readonly AlertEvent[], deliveryId = 7n): Parcel {
  const context = {
    poolName: 'Headframe',
    webUrl: 'https://pool.example.org',
    ownerPath: '/miners/bc1q',
    timeZone: 'UTC',
  }
  return { deliveryId, createdAtMs: AT_MS, message: composeMessage(events, context), events }
}
