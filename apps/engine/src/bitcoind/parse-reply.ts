import { parseBlockTemplate, type BlockTemplate } from '@headframe/core/template/block-template'
import type { BlockCost } from '@headframe/core/template/fit-transactions'

export interface ReadTemplate {
  readonly template: BlockTemplate
  /** How long its JSON and its transactions took, ms. */
  readonly parseMs: number
  /** Of the node's answer. */
  readonly bytes: number
}

/**
 * The answer to `getblocktemplate`, as the node sent it, made to have room for a coinbase of the cost `reserve`. Throws TemplateError, and SyntaxError for what is no JSON.
 */
export function parseReply(body: Uint8Array, reserve: BlockCost): ReadTemplate {
  const startedAtMs = performance.now()
  // All of it is ASCII (hex, names, numbers), which is read faster as such than as UTF-8.
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  const { result } = JSON.parse(text) as { readonly result: unknown }
  const template = parseBlockTemplate(result, reserve)
  return { template, parseMs: performance.now() - startedAtMs, bytes: body.length }
}
