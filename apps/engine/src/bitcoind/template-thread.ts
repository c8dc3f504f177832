import { parentPort } from 'node:worker_threads'
import { TemplateError } from '@headframe/core/template/template-error'
import { parseReply } from './parse-reply.js'
import type { FromThread, ToThread } from './template-reader.js'

/** The thread that reads large templates: bytes in, bytes out, nothing is kept. */
parentPort!.on('message', ({ id, body, reserve }: ToThread) => {
  let answer: FromThread
  try {
    answer = { id, read: parseReply(body, reserve) }
  } catch (error) {
    const { message } = error as Error
    const known = error instanceof TemplateError ? { code: error.code, field: error.field } : undefined
    answer = { id, failure: { message, known } }
  }
  const bytes = 'read' in answer ? [answer.read.template.transactions.buffer as ArrayBuffer] : []
  parentPort!.postMessage(answer, bytes)
})
