import { formatBtc } from '@headframe/core/units'
import type { PayoutProof } from '@headframe/core/published/payout-proof'
import type { ProofVerdict } from './verify-proof.js'

/** All of a proof on one page: what it shows, and the arithmetic to follow it by hand. */
export function formatProof({ proof, key, problems }: ProofVerdict, listedBy: string): string {
  const lines: string[] = []
  if (proof !== undefined) lines.push(...describe(proof))
  if (key !== undefined) lines.push('', `Signed by ${key}`, listedBy)
  lines.push('', ...problems.map((problem) => `WRONG: ${problem}`))
  lines.push(problems.length === 0 ? 'The proof holds.' : 'The proof does not hold.')
  return lines.join('\n')
}

function describe({ statement, row, inclusion }: PayoutProof): string[] {
  const { rewardSats, bonusSats, windowTotal } = statement
  const cut = rewardSats - bonusSats
  const upTo = windowTotal === 0n ? 0n : (cut * row.prefixAfter) / windowTotal
  const before = windowTotal === 0n ? 0n : (cut * row.prefixBefore) / windowTotal
  return [
    `Block ${statement.height} ${statement.hash}`,
    `found ${utc(statement.foundAtMs)} by ${statement.finder}, ${schemeOf(statement)}`,
    '',
    `${row.payee} is due ${formatBtc(row.amountSats)} BTC`,
    '',
    `  coinbase           ${statement.coinbaseValueSats} sats`,
    `  pool's fee         ${statement.poolFeeSats} sats`,
    `  reward             ${rewardSats} sats, of it for the finder before ${bonusSats}`,
    `  window             ${windowTotal}`,
    `  score              ${row.score}`,
    `  up to this line    floor(${cut} * ${row.prefixAfter} / ${windowTotal}) = ${upTo}`,
    `  before this line   floor(${cut} * ${row.prefixBefore} / ${windowTotal}) = ${before}`,
    `  amount             ${upTo} - ${before} + ${row.bonusSats} = ${upTo - before + row.bonusSats} sats`,
    `  paid by the block  ${row.directSats} sats`,
    '',
    `Line ${inclusion.index + 1} of ${inclusion.count}; ${inclusion.path.length} hashes lead to the root`,
    statement.payoutRoot,
  ]
}

function schemeOf({ scheme, windowUnits }: PayoutProof['statement']): string {
  return scheme === 'solo' ? 'SOLO' : `PPLNS over the work of ${windowUnits} blocks`
}

function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
