import type { LiveDirect } from '@headframe/core/live/live-feed'
import { Gauge, type Registry } from 'prom-client'

/** What the metrics say of the window by which the blocks of direct ports pay. */
export function showDirectWindow(registry: Registry, read: () => LiveDirect): void {
  const gauge = (name: string, help: string, valueOf: (status: LiveDirect) => number): Gauge =>
    new Gauge({
      registers: [registry],
      name,
      help,
      collect() {
        this.set(valueOf(read()))
      },
    })
  gauge(
    'headframe_direct_paying',
    '1 while the coinbases of direct ports pay the miners of the window, 0 while they pay the pool alone.',
    ({ state }) => (state === 'paying' ? 1 : 0),
  )
  gauge(
    'headframe_direct_miners',
    'Miners whom the largest coinbase of direct ports pays; 0 while it pays none.',
    (status) => (status.state === 'paying' ? status.minerCount : 0),
  )
  gauge(
    'headframe_direct_window_age_seconds',
    'Since the window was found to be the newest; NaN while none is paid by.',
    (status) => (status.state === 'paying' ? status.ageMs / 1_000 : NaN),
  )
}
