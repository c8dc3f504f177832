import { isBefore, placeOf, type SessionLook } from '@headframe/core/live/session-question'
import { networkOf } from '../../address'
import { askSessions, type Answers } from '../../live/ask-sessions'
import { operatorProcedure } from '../../trpc'
import { listSchema } from './list.schema'

export const list = operatorProcedure(listSchema).query(async ({ ctx, input }) => {
  const { search, address, port, order, cursor, limit } = input
  const look = { kind: 'look', search, address, port, order, limit: limit + 1 } as const
  const answers = await askSessions(ctx.live.commands, await networkOf(ctx), {
    ...look,
    ...(cursor === null || cursor === undefined ? {} : { after: cursor }),
  })
  return { nowMs: ctx.nowMs(), ...merged(answers ?? { asked: 0, answers: [] }, order, limit) }
})

/** Of the first so many of each process, the first so many. */
function merged({ asked, answers }: Answers, order: SessionLook['order'], limit: number) {
  const sum = (of: (answer: Answers['answers'][number]) => number) =>
    answers.reduce((total, answer) => total + of(answer), 0)
  const sessions = answers
    .flatMap(({ writerId, sessions }) => sessions.map((session) => ({ ...session, writerId })))
    .sort((one, other) => (isBefore(placeOf(one, order), placeOf(other, order)) ? -1 : 1))
  const page = sessions.slice(0, limit)
  const last = sessions.length > limit ? page.at(-1) : undefined
  const place = last && placeOf(last, order)
  return {
    asked,
    answered: answers.length,
    total: sum(({ total }) => total),
    matching: sum(({ matching }) => matching),
    sessions: page,
    nextCursor: place && `${place.rank}:${place.connection}`,
  }
}
