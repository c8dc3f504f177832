import type { Database } from '@headframe/db/database'
import { rollUpSegments } from '@headframe/db/rollup/roll-up-segments'
import { z } from 'zod'
import { OFTEN, type Task } from './task.js'

/** Adds what the shipper has brought to the rollups, up to the end of the journal. */
export function rollUpSharesTask({ db }: { readonly db: Database }): Task {
  return {
    name: 'roll-up-shares',
    schedule: { everyMs: 2_000 },
    schema: z.object({}),
    policy: OFTEN,
    async handler() {
      while ((await rollUpSegments(db)).isBehind);
    },
  }
}
