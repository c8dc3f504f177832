import { poolSettings } from '../../context'
import { procedure } from '../../trpc'
import { connectSchema } from './connect.schema'

/** What a miner types in: host and ports, each with its mode and difficulty. Null before the pool was set up. */
export const connect = procedure(connectSchema).query(async ({ ctx }) => {
  const settings = await poolSettings(ctx)
  if (settings === undefined) return null
  const { network, feeBasisPoints, finderBonusBasisPoints, pplnsWindow, stratumPorts, fpps } = settings
  const fppsFeeBasisPoints = fpps?.feeBasisPoints
  const terms = { feeBasisPoints, finderBonusBasisPoints, pplnsWindow, fppsFeeBasisPoints }
  return { host: ctx.stratumHost, network, ...terms, ports: stratumPorts }
})
