import { poolSettings } from '../../context'
import { procedure } from '../../trpc'

/** What a miner types in: host and ports, each with its mode and difficulty. Null before the pool was set up. */
export const connect = procedure.query(async ({ ctx }) => {
  const settings = await poolSettings(ctx)
  if (settings === undefined) return null
  const { network, feeBasisPoints, pplnsWindow, stratumPorts } = settings
  return { host: ctx.stratumHost, network, feeBasisPoints, pplnsWindow, ports: stratumPorts }
})
