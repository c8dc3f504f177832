import { networkOf } from '../../address'
import { refuse } from '../../error/refuse'
import { askSessions } from '../../live/ask-sessions'
import { actionProcedure } from '../../trpc'
import { DONE } from '../console-payouts/input'
import { disconnectSchema } from './disconnect.schema'

export const disconnect = actionProcedure(disconnectSchema).mutation(
  async ({ ctx, input: { connection } }) => {
    const network = await networkOf(ctx)
    const { commands } = ctx.live
    await ctx.change.make(
      async () => {
        const found = await askSessions(commands, network, { kind: 'find', connection })
        if (found === undefined) throw refuse('engine-away', 'No stratum process hears the console.')
        const session = found.answers.flatMap(({ sessions }) => sessions)[0]
        if (session === undefined) return { isOpen: false }
        const { workers, remoteAddress, port, userAgent, shares } = session
        const names = workers.map(({ address, workerName }) => `${address}.${workerName}`)
        return { isOpen: true, workers: names.join(', '), remoteAddress, port, userAgent, shares }
      },
      async () => {
        const cut = await askSessions(commands, network, { kind: 'cut', connection })
        if (cut?.answers.some(({ isCut }) => isCut === true) !== true)
          throw refuse('not-found', `There is no open session ${connection}, or its process does not answer.`)
      },
    )
    return DONE
  },
)
