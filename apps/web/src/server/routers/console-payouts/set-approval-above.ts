import { readControl } from '@headframe/db/payout/control'
import { setApprovalAbove as setAbove } from '@headframe/db/payout/set-approval-above'
import { actionProcedure } from '../../trpc'
import { DONE } from './input'
import { setApprovalAboveSchema } from './set-approval-above.schema'

export const setApprovalAbove = actionProcedure(setApprovalAboveSchema).mutation(
  async ({ ctx: { database, change, viewer, nowMs }, input: { aboveSats } }) => {
    await change.make(
      async () => ({ approvalAboveSats: (await readControl(database.pool)).approvalAboveSats ?? null }),
      () => setAbove(database, aboveSats === null ? undefined : BigInt(aboveSats), viewer.name, nowMs()),
    )
    return DONE
  },
)
