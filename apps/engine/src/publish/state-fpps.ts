import { hexToBytes } from '@headframe/core/bytes'
import { canonicalJson } from '@headframe/core/published/canonical-json'
import { signFppsStatement } from '@headframe/core/published/fpps-statement'
import { documentHash } from '@headframe/core/published/signed-document'
import type { FppsDocument } from '@headframe/db/public-log/fpps-document'
import type { StretchCredit, UnstatedStretch } from '@headframe/db/public-log/list-unstated-stretches'
import type { StateOptions } from './state-block.js'

/** What the FPPS shares of a stretch were paid: at which rate, where that comes from, and each miner's line. */
export function stateFpps(
  { network, key }: StateOptions,
  { afterPosition, endPosition, ...terms }: UnstatedStretch,
  credits: readonly StretchCredit[],
): FppsDocument {
  const lines = credits.map(({ address, ...line }) => ({ payee: address, ...line }))
  const creditedSats = lines.reduce((sum, { amountSats }) => sum + amountSats, 0n)
  const reach = { afterPosition: Number(afterPosition), endPosition: Number(endPosition) }
  const signed = signFppsStatement({ network, ...reach, ...terms, creditedSats, lines }, key)
  return { endPosition, hash: hexToBytes(documentHash(signed)), document: canonicalJson(signed) }
}
