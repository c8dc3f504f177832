import type { LiveTips } from '@headframe/core/live/live-feed'
import { expect, test } from 'vitest'
import { MAX_TIPS, TipLog } from '../../src/live/tip-log.js'

const metrics = { onTip: () => undefined, onTemplate: () => undefined, onWork: () => undefined }

function openLog() {
  const clock = { nowMs: 1_000_000, monotonicMs: 500 }
  const reports: LiveTips[] = []
  const log = new TipLog({
    metrics,
    nowMs: () => clock.nowMs,
    monotonicMs: () => clock.monotonicMs,
    feed: { reportTips: (tips) => Promise.resolve(void reports.push(structuredClone(tips))) },
  })
  return { log, clock, reports }
}

test('a tip is timed from its first sign to the first and the last miner over all processes', () => {
  const { log, clock, reports } = openLog()
  // The sign came 20 ms ago.
  log.onTip('rawblock', { height: 7, heardAtMs: 480 })
  log.onWork('empty', 0.021)
  log.onWork('full', 0.4)
  clock.monotonicMs = 510
  log.onSent({ height: 8, minerCount: 100, spreadMs: 4 })
  clock.monotonicMs = 530
  log.onSent({ height: 8, minerCount: 50, spreadMs: 1 })
  expect(reports.at(-1)).toEqual({
    tips: [
      {
        ...{ height: 7, atMs: 999_980, source: 'rawblock', jobMs: 21 },
        ...{ firstNotifyMs: 26, lastNotifyMs: 50, minerCount: 150 },
      },
    ],
  })
})

test('what belongs to another tip is not counted', () => {
  const { log, reports } = openLog()
  log.onTip('poll', { height: 7, heardAtMs: 500 })
  log.onSent({ height: 7, minerCount: 1, spreadMs: 0 })
  log.onWork('refresh', undefined)
  expect(reports).toEqual([])
  log.onWork('full', 0.1)
  expect(reports.at(-1)?.tips).toEqual([
    { height: 7, atMs: 1_000_000, source: 'poll', minerCount: 0, jobMs: 100 },
  ])
})

test('the newest tips are remembered, and no more', () => {
  const { log, reports } = openLog()
  for (let height = 1; height <= MAX_TIPS + 5; height++) {
    log.onTip('poll', { height, heardAtMs: 500 })
    log.onWork('full', 0.1)
  }
  const heights = reports.at(-1)!.tips.map(({ height }) => height)
  expect(heights).toEqual(Array.from({ length: MAX_TIPS }, (_, n) => MAX_TIPS + 5 - n))
})
