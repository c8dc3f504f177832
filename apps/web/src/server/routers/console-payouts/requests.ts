import { listRequests, readRequest } from '@headframe/db/payout/list-requests'
import { operatorProcedure } from '../../trpc'
import { requestSchema, requestsSchema } from './requests.schema'

export const requests = operatorProcedure(requestsSchema).query(
  async ({ ctx: { database, nowMs }, input: { id, limit } }) => {
    const batchId = id === undefined ? undefined : BigInt(id)
    return { requests: await listRequests(database.pool, batchId, limit, nowMs()) }
  },
)

export const request = operatorProcedure(requestSchema).query(
  async ({ ctx: { database, nowMs }, input: { requestId } }) =>
    (await readRequest(database.pool, BigInt(requestId), nowMs())) ?? null,
)
