import { declareSends } from '@headframe/db/payout/declare-sends'
import { listKnownSends } from '@headframe/db/payout/list-known-sends'
import { actionProcedure } from '../../trpc'
import { declareSchema } from './declare.schema'
import { DONE } from './input'

export const declare = actionProcedure(declareSchema).mutation(
  async ({ ctx: { database, change, viewer, nowMs }, input: { txids, reason } }) => {
    await change.make(
      async () => ({ known: [...(await listKnownSends(database.pool, txids))].sort() }),
      () => declareSends(database, txids, reason, { author: viewer.name, atMs: nowMs() }),
    )
    return DONE
  },
)
