import { COINBASE_IMMATURE, WALLET } from '@headframe/core/accounting/account'
import { formatBtc } from '@headframe/core/units'
import type { Database } from '@headframe/db/database'
import type { LedgerProblem } from '@headframe/db/ledger/check-ledger'
import { readBalances } from '@headframe/db/ledger/read-balances'
import { sumOnTheirWay } from '@headframe/db/payout/sum-on-their-way'
import { listPoolScripts } from '@headframe/db/pool/list-pool-scripts'
import type { CoreWallet } from '../wallet/core-wallet.js'

/** What a wallet holds, against what the books say that it holds. */
export interface WalletComparison {
  readonly booksSats: bigint
  readonly walletSats: bigint
  /** Sent, or about to be: gone from the wallet at the latest when it confirms, and from the books when it is deep. */
  readonly onTheirWaySats: bigint
  /** Whether every script that blocks have paid to belongs to the wallet: else the books have coins that it has not. */
  readonly isWhole: boolean
}

type AskedWallet = Pick<CoreWallet, 'owns' | 'balanceSats'>

/** The two, undefined when they cannot be compared. More in the wallet than in the books is nobody's loss. */
export async function compareWallet(
  db: Pick<Database, 'pool'>,
  wallet: AskedWallet,
): Promise<WalletComparison | undefined> {
  const comparison = await readComparison(db, wallet)
  return comparison.isWhole ? comparison : undefined
}

/** The two, whether or not they can be compared. */
export async function readComparison(
  { pool }: Pick<Database, 'pool'>,
  wallet: AskedWallet,
): Promise<WalletComparison> {
  const walletSats = await wallet.balanceSats()
  const balances = await readBalances(pool)
  const booksSats = (balances.get(WALLET) ?? 0n) + (balances.get(COINBASE_IMMATURE) ?? 0n)
  const onTheirWaySats = await sumOnTheirWay(pool)
  return { booksSats, walletSats, onTheirWaySats, isWhole: await isWholeOf({ pool }, wallet) }
}

async function isWholeOf({ pool }: Pick<Database, 'pool'>, wallet: AskedWallet): Promise<boolean> {
  for (const script of await listPoolScripts(pool)) if (!(await wallet.owns(script))) return false
  return true
}

/** Coins that ought to be in the wallet, and are not. Undefined when none are missing. */
export function walletProblem(
  { booksSats, walletSats, onTheirWaySats }: WalletComparison,
  nowMs: number,
): LedgerProblem | undefined {
  if (walletSats + onTheirWaySats >= booksSats) return undefined
  const detail = `${formatBtc(walletSats)} BTC are there and ${formatBtc(onTheirWaySats)} on their way, of ${formatBtc(booksSats)} in the books`
  return { code: 'wallet-short', subject: 'asset:wallet', detail, sinceMs: nowMs }
}
