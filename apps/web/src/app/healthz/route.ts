import { serverContext } from '../../server/runtime'

export const dynamic = 'force-dynamic'

/** For a load balancer: 200 when the database answers. Redis may be away; pages only lose what is live. */
export async function GET(): Promise<Response> {
  const { database, live } = serverContext()
  const isUp = await database.pool.query('SELECT 1').then(
    () => true,
    () => false,
  )
  return Response.json({ database: isUp ? 'ok' : 'away', feed: live.state }, { status: isUp ? 200 : 503 })
}
