import { FOR_A_MOMENT, jsonAnswer, notFound } from '../../../server/log-answer'
import { countedAnswer } from '../../../server/log-limit'
import { readIndex } from '../../../server/public-log'
import { serverContext } from '../../../server/runtime'

export const dynamic = 'force-dynamic'

/** How far the public log goes. */
export function GET(request: Request): Promise<Response> {
  return countedAnswer(request, async () => {
    const index = await readIndex(serverContext().database)
    if (index === undefined) return notFound('Nothing is published yet: the first epoch is not sealed.')
    return jsonAnswer(JSON.stringify(index), FOR_A_MOMENT)
  })
}
