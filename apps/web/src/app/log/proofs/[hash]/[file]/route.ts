import { FOR_A_MOMENT, FOR_EVER, jsonAnswer, notFound } from '../../../../../server/log-answer'
import { countedAnswer } from '../../../../../server/log-limit'
import { readProof } from '../../../../../server/public-log'
import { serverContext } from '../../../../../server/runtime'

export const dynamic = 'force-dynamic'

interface RouteProps {
  readonly params: Promise<{ hash: string; file: string }>
}

/** `HASH/ADDRESS.json`: what proves the amount that a block pays to an address. */
export function GET(request: Request, { params }: RouteProps): Promise<Response> {
  return countedAnswer(request, async () => {
    const { hash, file } = await params
    const [, payee] = /^([0-9A-Za-z-]{1,255})\.json$/.exec(file) ?? []
    const isHash = /^[0-9a-f]{64}$/.test(hash)
    const proof =
      payee !== undefined && isHash ? await readProof(serverContext().database, hash, payee) : undefined
    if (proof === undefined)
      return notFound('The pool has no settled block with this hash that pays this address.')
    return jsonAnswer(JSON.stringify(proof), proof['epoch'] === null ? FOR_A_MOMENT : FOR_EVER)
  })
}
