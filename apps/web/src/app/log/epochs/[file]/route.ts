import { readEpochDocument } from '@headframe/db/public-log/read-epoch'
import { bytesAnswer, FOR_EVER, jsonAnswer, notFound, numberOf } from '../../../../server/log-answer'
import { countedAnswer } from '../../../../server/log-limit'
import { readEpochShares } from '../../../../server/public-log'
import { serverContext } from '../../../../server/runtime'
import { streamOf } from '../../../../server/stream-of'

export const dynamic = 'force-dynamic'

interface RouteProps {
  readonly params: Promise<{ file: string }>
}

/** `N.json`: the epoch as it was signed. `N.bin`: its segments, one behind the other. */
export function GET(request: Request, { params }: RouteProps): Promise<Response> {
  return countedAnswer(request, async () => {
    const { file } = await params
    const { database } = serverContext()
    const documented = numberOf(file, 'json')
    if (documented !== undefined) {
      const document = await readEpochDocument(database.pool, documented)
      return document === undefined ? notFound('There is no such epoch.') : jsonAnswer(document, FOR_EVER)
    }
    const epoch = numberOf(file, 'bin')
    const shares = epoch === undefined ? undefined : await readEpochShares(database, epoch)
    if (shares === undefined)
      return notFound('There is no such epoch, or its shares are no longer published.')
    return bytesAnswer(streamOf(shares, (payload) => payload))
  })
}
