import { csvRecord } from '@headframe/core/csv'
import type { Database } from '@headframe/db/database'
import { listStatement, type StatementLine } from '@headframe/db/miner/list-statement'

/** Lines that are read, and sent, at once. */
const LINES_PER_PAGE = 1_000

type Owed = Pick<StatementLine, 'immatureSats' | 'availableSats' | 'lockedSats'>

const HEADINGS = [
  'time_utc',
  'kind',
  'block_height',
  'block_hash',
  'amount_sats',
  'owed_immature_sats',
  'owed_available_sats',
  'owed_locked_sats',
  'reason',
  'txid',
  'sent_sats',
]

/**
 * All that the ledger has of a miner as CSV, the oldest first. Each line has what it changed, and what was owed to him
 * after it; the last line's are his balance. What was sent to him stands with the line that books it, so that all of
 * them come to what he has. Columns are only ever added behind the others.
 */
export async function* statementOf(db: Pick<Database, 'pool'>, minerId: number): AsyncGenerator<string> {
  yield csvRecord(HEADINGS)
  let owed: Owed = { immatureSats: 0n, availableSats: 0n, lockedSats: 0n }
  for (let afterId = 0n; ;) {
    const page = await listStatement(db.pool, minerId, afterId, LINES_PER_PAGE)
    let text = ''
    for (const line of page) {
      owed = {
        immatureSats: owed.immatureSats + line.immatureSats,
        availableSats: owed.availableSats + line.availableSats,
        lockedSats: owed.lockedSats + line.lockedSats,
      }
      text += recordOf(line, owed)
    }
    if (text !== '') yield text
    if (page.length < LINES_PER_PAGE) return
    afterId = page.at(-1)!.transactionId
  }
}

function recordOf(line: StatementLine, owed: Owed): string {
  const { immatureSats, availableSats, lockedSats, sentSats } = line
  return csvRecord([
    new Date(line.postedAtMs).toISOString(),
    line.kind,
    line.height,
    line.blockHash,
    immatureSats + availableSats + lockedSats,
    owed.immatureSats,
    owed.availableSats,
    owed.lockedSats,
    line.reason,
    line.txid,
    sentSats === 0n ? undefined : sentSats,
  ])
}
