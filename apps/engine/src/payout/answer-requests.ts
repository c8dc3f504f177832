import { MAX_TAKES, type RequestAnswer } from '@headframe/core/payout/request'
import { answerRequest, takeRequest, type TakenRequest } from '@headframe/db/payout/answer-request'
import { readBatch } from '@headframe/db/payout/list-batches'
import { LostLead } from '@headframe/db/payout/lead-payouts'
import { importSigned } from './import-signed.js'
import type { PaymentOptions } from './payment-options.js'
import { reconcile, type ReconcileModules } from './reconcile.js'
import { retryPayouts } from './retry-payouts.js'
import type { RunModules } from './run-payouts.js'

export type AnswerModules = RunModules & ReconcileModules

/**
 * Does what operators have asked for, one after another, and answers each once: a request is this leader's from when it
 * is taken, and the answer of one who leads no more is not written down. Whatever is asked can be done again, so what a
 * leader has ended over is taken up by the next. Throws LostLead when another leads by now.
 */
export async function answerRequests(options: PaymentOptions, modules: AnswerModules): Promise<void> {
  const { lead, nowMs } = modules
  for (;;) {
    const request = await takeRequest(lead, nowMs())
    if (request === undefined) return
    const { outcome, answer } = await answerTo(options, modules, request)
    await answerRequest(lead, request.id, outcome, answer, nowMs())
    modules.log.info(
      { request: request.id, kind: request.kind, outcome },
      'a request of an operator is answered',
    )
  }
}

interface Outcome {
  readonly outcome: 'done' | 'refused'
  readonly answer: RequestAnswer
}

async function answerTo(
  options: PaymentOptions,
  modules: AnswerModules,
  request: TakenRequest,
): Promise<Outcome> {
  try {
    if (request.takes > MAX_TAKES)
      throw new Error(`${MAX_TAKES} processes have ended over this request: see the log of settle.`)
    return { outcome: 'done', answer: await obeyRequest(options, modules, request) }
  } catch (error) {
    if (error instanceof LostLead) throw error
    return { outcome: 'refused', answer: { text: (error as Error).message } }
  }
}

/** Does it, as the leader. Throws what keeps it from being done. */
export async function obeyRequest(
  options: PaymentOptions,
  modules: AnswerModules,
  { kind, batchId, argument }: Pick<TakenRequest, 'kind' | 'batchId' | 'argument'>,
): Promise<RequestAnswer> {
  switch (kind) {
    case 'retry':
      return { text: await retryPayouts(options, modules, batchId) }
    case 'reconcile': {
      const reconciliation = await reconcile(options, modules)
      return { text: textOf(reconciliation.findingCount), reconciliation }
    }
    case 'import': {
      const batch = batchId === undefined ? undefined : await readBatch(modules.lead.pool, batchId)
      if (batch === undefined) throw new Error(`There is no payout ${batchId ?? ''}.`)
      const txid = await importSigned(modules, batch, argument ?? '')
      return { text: `Payout ${batch.id} is signed, and is sent with the next run: ${txid}` }
    }
  }
}

function textOf(findings: number): string {
  if (findings === 0) return 'Wallet, books and payouts agree.'
  return findings === 1 ? 'One thing differs.' : `${findings} things differ.`
}
