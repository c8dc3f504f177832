import { readRunTimeSettings } from '@headframe/db/settings/run-time-settings'
import type { Context } from './context'

export interface ShownAnnouncement {
  readonly text: string
  readonly sinceMs: number
}

/** What the operator wants everybody to read; null: nothing. */
export function readAnnouncement(context: Context): Promise<ShownAnnouncement | null> {
  return context.cache.get('announcement', async () => {
    const stored = await readRunTimeSettings(context.database.pool)
    const held = stored.find(({ name }) => name === 'ANNOUNCEMENT')
    return held?.value === undefined ? null : { text: held.value, sinceMs: held.changedAtMs }
  })
}
