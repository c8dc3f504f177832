import { askChallenge } from '../../account/challenge'
import { networkOf, readAddress } from '../../address'
import { procedure } from '../../trpc'
import { challengeSchema } from './challenge.schema'

/** What whoever says that an address is his has to sign to sign in. */
export const challenge = procedure(challengeSchema).query(async ({ ctx, input }) => {
  const [network, address] = await Promise.all([networkOf(ctx), readAddress(ctx, input.address)])
  return askChallenge(ctx, { host: ctx.host, network, address })
})
