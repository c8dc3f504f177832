import type { BlockAudit } from '@headframe/core/published/block-audit'
import type { BlockStatement, SharePlace } from '@headframe/core/published/block-statement'
import { isBefore } from './block-window.js'
import type { ShareEvidence } from './block-windows.js'
import { checkBlock } from './check-block.js'
import type { FaultCode, FaultList } from './fault.js'

/** What has come out of a block. */
export interface BlockVerdict {
  readonly statement: BlockStatement
  /** `unchecked`: nothing is wrong, but not all shares that it follows from are published. */
  readonly verdict: 'ok' | 'wrong' | 'unchecked'
  /** What a reader should know, in a sentence each. */
  readonly remarks: readonly string[]
}

/** Compares a block with the shares of its window, and with itself. Without an audit document it is wrong. */
export function judgeBlock(
  statement: BlockStatement,
  audit: BlockAudit | undefined,
  evidence: ShareEvidence,
  faults: FaultList,
): BlockVerdict {
  const before = faults.count
  const where = `block ${statement.height} ${statement.hash}`
  const add = (code: FaultCode, what: string): void => faults.add(code, where, what)
  const remarks: string[] = []
  if (audit !== undefined) checkBlock(audit, add)
  let isShown = false
  if (evidence.isComplete) {
    checkWinning(statement, evidence, add, remarks)
    if (audit !== undefined) checkScores(audit, evidence, add)
    // Who has not mined by the window is paid otherwise: that he has not is what the share shows.
    isShown = statement.scheme === 'pplns' || evidence.winningShare !== undefined
  } else remarks.push('not all shares of its window are published')
  if (evidence.faultsWithin > 0) remarks.push(`${evidence.faultsWithin} faults in the shares of its window`)
  const isWrong = audit === undefined || faults.count > before || evidence.faultsWithin > 0
  return { statement, verdict: isWrong ? 'wrong' : isShown ? 'ok' : 'unchecked', remarks }
}

/** Of the share that is the block: whose it is, by which scheme, and that the window ends with it. */
function checkWinning(
  statement: BlockStatement,
  { winningShare }: ShareEvidence,
  add: (code: FaultCode, what: string) => void,
  remarks: string[],
): void {
  if (winningShare === undefined) {
    const word = 'who found it, on which port, and where its window ends is the word of the pool'
    remarks.push(`the share that is the block is not in the log: ${word}`)
    return
  }
  const { address, mode } = winningShare.worker
  if (address !== statement.finder)
    add('block', `${statement.finder} is said to have found it, and ${address} has`)
  if (mode !== statement.scheme)
    add('block', `it is settled by ${statement.scheme}, and was found by ${mode}`)
  checkEnd(statement, winningShare.place, add, remarks)
}

/** The window ends with the share that is the block, or was frozen before it with the job. */
function checkEnd(
  { windowEnd, ownOutputs }: BlockStatement,
  place: SharePlace,
  add: (code: FaultCode, what: string) => void,
  remarks: string[],
): void {
  const { position, index } = place
  const isFrozen = ownOutputs !== undefined
  if (isFrozen && !isBefore(place, windowEnd)) {
    const at = `${windowEnd.position}/${windowEnd.index}`
    remarks.push(
      `its coinbase pays the window that ended before ${at}; the block is share ${position}/${index}`,
    )
    return
  }
  if (!isFrozen && position === windowEnd.position && index === windowEnd.index - 1) return
  const end = `${windowEnd.position}/${windowEnd.index}`
  add('window', `it ends before ${end}, and the share that is the block is ${position}/${index}`)
}

function checkScores(
  { statement, rows }: BlockAudit,
  { window, hasEarlierShare }: ShareEvidence,
  add: (code: FaultCode, what: string) => void,
): void {
  if (statement.scheme === 'fpps') {
    if (rows.length > 0 || statement.windowStart !== undefined)
      add('score', 'it goes to the reserve of FPPS, and is split')
    return
  }
  if (statement.scheme === 'solo' || window === undefined) {
    if (statement.scheme === 'pplns' && hasEarlierShare)
      add('window', 'it counts no share, and there are some')
    const isFinders = rows.length === 1 && rows[0]!.payee === statement.finder && rows[0]!.score === 1n
    if (!isFinders) add('score', 'it has no window, and is not its finder’s alone')
    return
  }
  if (window.problem !== undefined) add('window', `its window is wrong: ${window.problem}`)
  if (window.total !== statement.windowTotal) {
    add('score', `windowTotal is ${statement.windowTotal}, and its shares come to ${window.total}`)
  }
  const scores = new Map(window.scores)
  for (const { payee, score } of rows) {
    const found = scores.get(payee) ?? 0n
    if (found !== score) add('score', `${payee} has the score ${score}, and his shares come to ${found}`)
    scores.delete(payee)
  }
  for (const [name, score] of scores) add('score', `${name} has no line, and his shares come to ${score}`)
}
