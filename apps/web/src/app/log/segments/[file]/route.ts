import { listPublishedPayloads } from '@headframe/db/public-log/list-published-payloads'
import { bytesAnswer, notFound, numberOf } from '../../../../server/log-answer'
import { countedAnswer } from '../../../../server/log-limit'
import { serverContext } from '../../../../server/runtime'

export const dynamic = 'force-dynamic'

interface RouteProps {
  readonly params: Promise<{ file: string }>
}

/** `POSITION.bin`: one published segment. */
export function GET(request: Request, { params }: RouteProps): Promise<Response> {
  return countedAnswer(request, async () => {
    const number = numberOf((await params).file, 'bin')
    if (number === undefined) return notFound('A segment is called POSITION.bin.')
    const position = BigInt(number)
    const [payload] = await listPublishedPayloads(serverContext().database.pool, position, position, 1)
    return payload === undefined
      ? notFound('This segment is not, or no longer, published.')
      : bytesAnswer(payload)
  })
}
