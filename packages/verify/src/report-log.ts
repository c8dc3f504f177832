import { formatBtc } from '@headframe/core/units'
import type { BlockStatement } from '@headframe/core/published/block-statement'
import { MAX_KEPT_FAULTS } from './fault.js'
import type { FppsFound } from './fpps-pass.js'
import type { BlockVerdict } from './judge-block.js'
import type { Verification } from './verify-log.js'

const SIGNS = { ok: 'ok', wrong: 'WRONG', unchecked: 'unchecked' } as const

/** A block in a line, and what there is to say of it. */
export function formatBlock({ statement, verdict, remarks }: BlockVerdict): string {
  const { height, hash } = statement
  const head = `${SIGNS[verdict].padEnd(10)}block ${height} ${hash}  ${paidBy(statement)}`
  return [head, ...remarks.map((remark) => `${' '.repeat(10)}${remark}`)].join('\n')
}

function paidBy({
  scheme,
  coinbaseValueSats,
  rewardSats,
  payeeCount,
  feeBasisPoints,
}: BlockStatement): string {
  if (scheme === 'fpps') return `${formatBtc(coinbaseValueSats)} BTC to the reserve of FPPS`
  const miners = payeeCount === 1 ? '1 miner' : `${count(payeeCount)} miners`
  return `${formatBtc(rewardSats)} BTC to ${miners}, ${scheme.toUpperCase()}, fee ${feeBasisPoints / 100} %`
}

/** What is wrong, a line each, and the end of it all. */
export function formatVerification(found: Verification, seconds: number): string {
  const { index, key, blocks, faults, faultCount, prunedSegments } = found
  const of = (verdict: BlockVerdict['verdict']): number =>
    blocks.filter((one) => one.verdict === verdict).length
  const rate = seconds > 0 ? `, ${count(Math.round(found.shares / seconds))} shares a second` : ''
  const lines = [
    `${index.network}, signed by ${key}`,
    `${count(found.epochs)} epochs, ${count(found.segments)} segments, ${count(found.shares)} shares in ${seconds.toFixed(1)} s${rate}`,
    `${count(blocks.length)} blocks: ${of('ok')} ok, ${of('wrong')} wrong, ${of('unchecked')} unchecked`,
  ]
  if (found.payouts > 0)
    lines.push(`${count(found.payouts)} payouts, ${formatBtc(found.sentSats)} BTC to miners`)
  lines.push(...linesOfFpps(found.fpps))
  if (prunedSegments > 0)
    lines.push(`${count(prunedSegments)} segments are pruned: of them only the hashes were checked`)
  for (const { code, where, what } of faults) lines.push(`  ${code}: ${where}: ${what}`)
  if (faultCount > faults.length)
    lines.push(`  and ${count(faultCount - faults.length)} more than ${MAX_KEPT_FAULTS}`)
  lines.push(faultCount === 0 ? 'Nothing is wrong.' : `${count(faultCount)} faults: this log is wrong.`)
  return lines.join('\n')
}

function linesOfFpps({ credits, unchecked, creditedSats, sharesBehind }: FppsFound): string[] {
  const lines: string[] = []
  const not = unchecked > 0 ? `, ${count(unchecked)} of them unchecked` : ''
  if (credits > 0)
    lines.push(`${count(credits)} FPPS credits, ${formatBtc(creditedSats)} BTC to miners${not}`)
  if (sharesBehind > 0) lines.push(`${count(sharesBehind)} FPPS shares are not credited yet`)
  return lines
}

/** With commas: 1,234,567. */
function count(number: number): string {
  return number.toLocaleString('en')
}
