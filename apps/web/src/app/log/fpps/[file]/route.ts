import { readFppsDocument } from '@headframe/db/public-log/fpps-document'
import { FOR_EVER, jsonAnswer, notFound, numberOf } from '../../../../server/log-answer'
import { countedAnswer } from '../../../../server/log-limit'
import { serverContext } from '../../../../server/runtime'

export const dynamic = 'force-dynamic'

interface RouteProps {
  readonly params: Promise<{ file: string }>
}

/** `POSITION.json`: what the FPPS shares were paid of the stretch of segments that ends with this one. */
export function GET(request: Request, { params }: RouteProps): Promise<Response> {
  return countedAnswer(request, async () => {
    const end = numberOf((await params).file, 'json')
    const document =
      end === undefined ? undefined : await readFppsDocument(serverContext().database.pool, BigInt(end))
    return document === undefined
      ? notFound('No stretch of FPPS credits ends with this segment.')
      : jsonAnswer(document, FOR_EVER)
  })
}
