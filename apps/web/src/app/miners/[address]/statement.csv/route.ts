import { readMiner } from '../../../../server/address'
import { errorKind } from '../../../../server/error/kinds'
import { ApiError, refuse } from '../../../../server/error/refuse'
import { streamOf } from '../../../../server/stream-of'
import { requestContext } from '../../../../server/runtime'
import { statementOf } from '../../../../server/statement'
import { addressOf } from '../address-of'

export const dynamic = 'force-dynamic'

const utf8 = new TextEncoder()

interface RouteProps {
  readonly params: Promise<{ address: string }>
}

/** The miner's ledger as CSV. 400 with a sentence when the address is none, 404 when the pool has no share of his. */
export async function GET(request: Request, { params }: RouteProps): Promise<Response> {
  const headers = new Headers({ 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' })
  try {
    const context = await requestContext(request.headers, headers)
    await context.meter?.take(context.viewer, 'expensive')
    const miner = await readMiner(context, addressOf(await params))
    if (miner === undefined) throw refuse('not-found', 'The pool has no share of this address.')
    headers.set('content-type', 'text/csv; charset=utf-8; header=present')
    headers.set('content-disposition', 'attachment; filename="statement.csv"')
    const text = statementOf(context.database, miner.minerId)
    return new Response(
      streamOf(text, (piece) => utf8.encode(piece)),
      { headers },
    )
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return new Response(`${error.message}\n`, { status: errorKind(error.reason).status, headers })
  }
}
