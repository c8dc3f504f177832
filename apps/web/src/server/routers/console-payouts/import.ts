import { actionProcedure } from '../../trpc'
import { askWallet } from './ask-wallet'
import { importSchema } from './import.schema'

export const importPsbt = actionProcedure(importSchema).mutation(({ ctx, input: { id, psbt } }) =>
  askWallet(ctx, { kind: 'import', batchId: BigInt(id), argument: psbt }),
)
