import { isMalformed } from '@headframe/core/stratum/params/malformed-params'
import { parseGetTransactions } from '@headframe/core/stratum/params/get-transactions'
import { positionOfWireJobId } from '@headframe/core/stratum/job-position'
import { errorOfReason, otherError } from '@headframe/core/stratum/reject-code'
import { formatId } from '@headframe/core/stratum/reply'
import type { Handler } from '../dispatch.js'

/**
 * `mining.get_transactions` (bfgminer): the transactions of a job's block but the coinbase, as hex, so that a miner
 * can see what it works for. Once a job, of the newest alone, and only so many bytes for all connections of an
 * address, because the answer may have some megabytes.
 */
export const getTransactions: Handler = (session, request) => {
  if (request.id === undefined) return
  const params = parseGetTransactions(request.params)
  if (isMalformed(params)) return session.refuse(request.id, otherError(params.malformed))
  const position = positionOfWireJobId(params.wireJobId) ?? -1
  const assigned = session.desk.assignedJobs.at(session.grants, position, session.payout)
  if (assigned === undefined) return session.refuse(request.id, errorOfReason('job-not-found'))
  const { jobId } = assigned.job
  const isNewest = jobId === session.desk.currentWork()?.job.jobId
  if (!isNewest || jobId === session.listedJobId || session.connection.isWaiting) {
    return session.refuse(
      request.id,
      otherError('The transactions of a job are listed once, while it is the newest: ask for a newer job'),
    )
  }
  const { guard, transactionLists, monotonicMs } = session.desk
  const list = transactionLists.of(assigned.job)
  if (list === undefined) {
    return session.refuse(request.id, otherError('The transactions of this job are not here yet: ask again'))
  }
  if (guard.onTransactionList(session.peerId, list.length, monotonicMs()) !== 'taken') {
    return session.refuse(
      request.id,
      otherError('Your address has had its share of transactions for now: ask again with a newer job'),
    )
  }
  session.listedJobId = jobId
  session.reply(`{"id":${formatId(request.id)},"result":`)
  session.connection.pushShared(list)
  session.connection.push(',"error":null}\n')
}
