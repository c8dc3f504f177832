import { randomBytes } from 'node:crypto'
import { changeListing, changeViewKey } from '@headframe/db/account/privacy'
import { hashOfSecret, newSecret } from '../../account/secret'
import { changedBy } from '../../account/viewer-author'
import { ownProcedure } from '../../trpc'
import { dropViewKeySchema, renewViewKeySchema, setListingSchema } from './privacy.schema'

const PSEUDONYM_BYTES = 6

/** Whether he stands in lists. His pseudonym is random: nothing about him can be made of it. */
export const setListing = ownProcedure(setListingSchema).mutation(async ({ ctx, input: { isUnlisted } }) => {
  const pseudonym = `miner-${randomBytes(PSEUDONYM_BYTES).toString('hex')}`
  const by = changedBy(ctx.viewer, ctx.nowMs())
  await changeListing(ctx.database, ctx.viewer.minerId, isUnlisted, pseudonym, by)
  return { isUnlisted }
})

export const renewViewKey = ownProcedure(renewViewKeySchema).mutation(async ({ ctx }) => {
  const key = newSecret()
  const { minerId, address } = ctx.viewer
  await changeViewKey(ctx.database, minerId, hashOfSecret(key), changedBy(ctx.viewer, ctx.nowMs()))
  return { path: `/view/${address}/${key}` }
})

export const dropViewKey = ownProcedure(dropViewKeySchema).mutation(async ({ ctx }) => {
  await changeViewKey(ctx.database, ctx.viewer.minerId, undefined, changedBy(ctx.viewer, ctx.nowMs()))
  return { hasViewKey: false as const }
})
