import { FOR_A_MOMENT, FOR_EVER, jsonAnswer, notFound } from '../../../../server/log-answer'
import { countedAnswer } from '../../../../server/log-limit'
import { readAudit } from '../../../../server/public-log'
import { serverContext } from '../../../../server/runtime'

export const dynamic = 'force-dynamic'

interface RouteProps {
  readonly params: Promise<{ file: string }>
}

/** `HASH.json`: the audit document of a settled block. */
export function GET(request: Request, { params }: RouteProps): Promise<Response> {
  return countedAnswer(request, async () => {
    const [, hash] = /^([0-9a-f]{64})\.json$/.exec((await params).file) ?? []
    const audit = hash === undefined ? undefined : await readAudit(serverContext().database, hash)
    if (audit === undefined) return notFound('The pool has no settled block with this hash.')
    return jsonAnswer(JSON.stringify(audit), audit['epoch'] === null ? FOR_A_MOMENT : FOR_EVER)
  })
}
