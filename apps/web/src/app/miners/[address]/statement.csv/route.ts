import { TRPCError } from '@trpc/server'
import { readMiner } from '../../../../server/address'
import { serverContext } from '../../../../server/runtime'
import { statementOf } from '../../../../server/statement'
import { addressOf } from '../address-of'

export const dynamic = 'force-dynamic'

interface RouteProps {
  readonly params: Promise<{ address: string }>
}

/** The miner's ledger as CSV. 400 with a sentence when the address is none, 404 when the pool has no share of his. */
export async function GET(_request: Request, { params }: RouteProps): Promise<Response> {
  const context = serverContext()
  try {
    const miner = await readMiner(context, addressOf(await params))
    if (miner === undefined) return new Response('The pool has no share of this address.\n', { status: 404 })
    return new Response(streamOf(statementOf(context.database, miner.minerId)), {
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': 'attachment; filename="statement.csv"',
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    if (error instanceof TRPCError) return new Response(`${error.message}\n`, { status: 400 })
    throw error
  }
}

/** Read as the browser takes it. */
function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const next = await texts.next()
      if (next.done === true) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
}
