import type { PayoutState } from '@headframe/core/payout/batch'
import type { PayoutFigures } from '@headframe/db/payout/read-figures'
import { Gauge, type Registry } from 'prom-client'

const STATES: readonly PayoutState[] = [
  'planned',
  'funded',
  'signed',
  'broadcast',
  'confirmed',
  'settled',
  'cancelled',
]

/** How it stands with money when somebody reads. */
export interface MoneyFigures extends PayoutFigures {
  /** What the wallet says that it has; undefined: it does not answer, or there is none. */
  readonly walletHasSats: bigint | undefined
  /** What tasks have found wrong and is so still: how many things, by the name of the alarm. */
  readonly alarms: ReadonlyMap<string, number>
  readonly nowMs: number
}

type Values = Iterable<readonly [string, number | bigint | undefined]>

/** What the metrics say of payouts. Where `read` fails nothing is said: a number of yesterday is worse than none. */
export function showPayouts(registry: Registry, read: () => Promise<MoneyFigures>): void {
  const readOnce = shared(read)
  const gauge = (name: string, help: string, label: string, valuesOf: (of: MoneyFigures) => Values): Gauge =>
    new Gauge({
      registers: [registry],
      name,
      help,
      labelNames: [label],
      async collect() {
        this.reset()
        const figures = await readOnce().catch(() => undefined)
        for (const [of, value] of figures === undefined ? [] : valuesOf(figures))
          if (value !== undefined) this.set({ [label]: of }, Number(value))
      },
    })
  gauge('headframe_payouts', 'Payouts by state.', 'state', ({ byState }) =>
    STATES.map((state) => [state, byState.get(state) ?? 0]),
  )
  gauge(
    'headframe_payouts_stopped',
    'Payouts under way that do not go on by themselves, and 1 where all are paused or something stops all of them.',
    'by',
    ({ stuck, isPaused, problem }) => [
      ['own-problem', stuck],
      ['pause', isPaused ? 1 : 0],
      ['problem-of-all', problem === undefined ? 0 : 1],
    ],
  )
  gauge(
    'headframe_payout_age_seconds',
    'Age of the oldest payout under way; 0 without one.',
    'of',
    ({ oldestOpenAtMs, nowMs }) => [
      ['oldest', oldestOpenAtMs === undefined ? 0 : (nowMs - oldestOpenAtMs) / 1_000],
    ],
  )
  gauge('headframe_owed_satoshis', 'What miners are owed, by part.', 'part', (figures) => [
    ['available', figures.availableSats],
    ['locked', figures.lockedSats],
    ['immature', figures.immatureSats],
  ])
  gauge(
    'headframe_wallet_satoshis',
    'What the wallet of payouts has, by itself and by the books.',
    'by',
    ({ walletHasSats, walletSats }) => [
      ['wallet', walletHasSats],
      ['books', walletSats],
    ],
  )
  gauge(
    'headframe_alarms',
    'What tasks have found wrong and is so still, by the name of the alarm.',
    'name',
    ({ alarms }) => alarms,
  )
}

/** One reading for all who ask while it is under way: a scrape asks for every gauge at once. */
function shared<T>(read: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () => (running ??= read().finally(() => (running = undefined)))
}
