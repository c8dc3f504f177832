import { readAddress, readMiner } from '../../address'
import { readProof } from '../../public-log'
import { procedure } from '../../trpc'
import { proofSchema } from './proof.schema'

/** What proves the amount that a block pays to an address (docs/verify.md); null when it is not published, or pays him nothing. */
export const proof = procedure(proofSchema).query(async ({ ctx, input: { hash, address: text } }) => {
  const payee = await readAddress(ctx, text)
  if ((await readMiner(ctx, payee)) === undefined) return null
  return (await readProof(ctx.database, hash.toLowerCase(), payee)) ?? null
})
