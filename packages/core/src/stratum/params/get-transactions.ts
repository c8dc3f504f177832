import type { MalformedParams } from './malformed-params.js'
import { MAX_JOB_ID_CHARS } from './submit.js'

export interface GetTransactionsParams {
  readonly wireJobId: string
}

/** `mining.get_transactions` (bfgminer): [jobId]. */
export function parseGetTransactions(params: readonly unknown[]): GetTransactionsParams | MalformedParams {
  const [wireJobId] = params
  if (typeof wireJobId !== 'string' || wireJobId.length > MAX_JOB_ID_CHARS) {
    return { malformed: 'mining.get_transactions needs a job id' }
  }
  return { wireJobId }
}
