/**
 * Reads the templates in a file, a line each, large ones in the thread, and prints what became of each. A process of
 * its own, because the thread needs what lets Node run our sources.
 */
import { readFile } from 'node:fs/promises'
import { NO_COST } from '@headframe/core/template/fit-transactions'
import { TemplateReader } from '../../src/bitcoind/template-reader.js'

const reader = new TemplateReader(NO_COST, new URL('../../src/bitcoind/template-thread.ts', import.meta.url))
const lines = (await readFile(process.argv[2]!, 'utf8')).trimEnd().split('\n')
const results = await Promise.allSettled(lines.map((line) => reader.read(Buffer.from(line))))
for (const result of results) {
  if (result.status === 'fulfilled') {
    const { transactions, transactionCount, feesSats, merklePath } = result.value.template
    const summary = { size: transactions.length, transactionCount, feesSats: `${feesSats}` }
    process.stdout.write(`${JSON.stringify({ ...summary, depth: merklePath.length })}\n`)
  } else {
    const { name, code, message } = result.reason as Error & { readonly code?: string }
    process.stdout.write(`${JSON.stringify({ name, code, message })}\n`)
  }
}
await reader.close()
