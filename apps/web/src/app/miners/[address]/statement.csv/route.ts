import { readMiner } from '../../../../server/address'
import { errorKind } from '../../../../server/error/kinds'
import { ApiError } from '../../../../server/error/refuse'
import { streamOf } from '../../../../server/stream-of'
import { serverContext } from '../../../../server/runtime'
import { statementOf } from '../../../../server/statement'
import { addressOf } from '../address-of'

export const dynamic = 'force-dynamic'

const utf8 = new TextEncoder()

interface RouteProps {
  readonly params: Promise<{ address: string }>
}

/** The miner's ledger as CSV. 400 with a sentence when the address is none, 404 when the pool has no share of his. */
export async function GET(_request: Request, { params }: RouteProps): Promise<Response> {
  const context = serverContext()
  try {
    const miner = await readMiner(context, addressOf(await params))
    if (miner === undefined) return new Response('The pool has no share of this address.\n', { status: 404 })
    return new Response(
      streamOf(statementOf(context.database, miner.minerId), (text) => utf8.encode(text)),
      {
        headers: {
          'content-type': 'text/csv; charset=utf-8; header=present',
          'content-disposition': 'attachment; filename="statement.csv"',
          'cache-control': 'no-store',
        },
      },
    )
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return new Response(`${error.message}\n`, { status: errorKind(error.reason).status })
  }
}
