import type { Network } from '@headframe/core/chain/network'
import type { CoinbasePlan } from '@headframe/core/job/coinbase-plan'
import type { EngineOptions } from '../env.js'
import { payoutTerms } from '../payout/payout-terms.js'
import { openWindowJournal } from '../payout/window-journal.js'
import { WindowKeeper, type WindowKeeperModules } from '../payout/window-keeper.js'

/** Undefined when no port is direct. */
export function openWindowKeeper(
  engine: EngineOptions,
  network: Network,
  { restScript }: CoinbasePlan,
  modules: Omit<WindowKeeperModules, 'journal'>,
): WindowKeeper | undefined {
  if (!engine.STRATUM_PORTS.some(({ direct }) => direct)) return undefined
  const maxAgeMs = engine.DIRECT_WINDOW_MAX_AGE_SECONDS * 1_000
  const options = { network, terms: payoutTerms(engine), restScript, maxAgeMs }
  return new WindowKeeper(options, { ...modules, journal: openWindowJournal(engine.DATABASE_URL) })
}
