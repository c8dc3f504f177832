import { findTarget } from '../../find-target'
import { procedure } from '../../trpc'
import { findSchema } from './find.schema'

/** The page of what somebody looks for: an address, `address.worker`, a block by height or hash, a payout by its transaction. */
export const find = procedure(findSchema).query(({ ctx, input }) => findTarget(ctx, input.text))
