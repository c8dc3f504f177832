import { parseAddress } from '@headframe/core/chain/address'
import { cancelPayoutAddress as cancel, requestPayoutAddress } from '@headframe/db/account/payout-address'
import { askChallenge } from '../../account/challenge'
import { checkProof } from '../../account/sign-in'
import { changedBy } from '../../account/viewer-author'
import { networkOf, readAddress } from '../../address'
import { refuse } from '../../error/refuse'
import { ownProcedure } from '../../trpc'
import {
  askPayoutAddressSchema,
  cancelPayoutAddressSchema,
  changePayoutAddressSchema,
} from './payout-address.schema'

/** What he has to sign with the address that mines, to be paid elsewhere. */
export const askPayoutAddress = ownProcedure(askPayoutAddressSchema).mutation(async ({ ctx, input }) => {
  const [network, payTo] = await Promise.all([networkOf(ctx), readAddress(ctx, input.payTo)])
  return askChallenge(ctx, { host: ctx.host, network, address: ctx.viewer.address, payTo })
})

/** A session alone does not move anybody's money: it takes a signature that names the other address. */
export const changePayoutAddress = ownProcedure(changePayoutAddressSchema).mutation(
  async ({ ctx, input }) => {
    const { minerId, address } = ctx.viewer
    const checked = await checkProof(ctx, input)
    if (!checked.ok) throw refuse('input-invalid', checked.problem)
    const { payTo, network, message, proofHash } = checked.asked
    if (payTo === undefined || checked.asked.address !== address)
      throw refuse('input-invalid', 'This is not the text that names another address to be paid at.')
    const parsed = parseAddress(payTo, network)
    if (!parsed.ok) throw refuse('input-invalid', parsed.message)
    const requestedAtMs = ctx.nowMs()
    const effectiveAtMs = requestedAtMs + ctx.payoutAddressDelayMs
    const request = { address: payTo, script: parsed.script, message, signature: input.signature, proofHash }
    const by = changedBy(ctx.viewer, requestedAtMs)
    if (!(await requestPayoutAddress(ctx.database, minerId, request, effectiveAtMs, by)))
      throw refuse('input-invalid', 'This text was signed and used already. Ask for a new one.')
    return { address: payTo, requestedAtMs, effectiveAtMs }
  },
)

export const cancelPayoutAddress = ownProcedure(cancelPayoutAddressSchema).mutation(async ({ ctx }) => {
  const by = changedBy(ctx.viewer, ctx.nowMs())
  return { isCancelled: await cancel(ctx.database, ctx.viewer.minerId, by) }
})
