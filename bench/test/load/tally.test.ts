import { describe, expect, it } from 'vitest'
import { JobWatch } from '../../src/load/job-watch.js'
import { sumCounts, Tally } from '../../src/load/tally.js'

describe('the tally of a run', () => {
  it('keeps every latency, and starts anew once it was taken', () => {
    const tally = new Tally()
    const latencies = Array.from({ length: 40_000 }, (_, index) => index / 7)
    for (const latency of latencies) tally.noteAccepted(latency)
    tally.noteRefused('23')
    tally.noteRefused('23')
    const counts = tally.take()
    expect([...counts.latenciesMs]).toEqual(latencies)
    expect(counts).toMatchObject({ accepted: 40_000, refused: { 23: 2 } })
    expect(tally.take()).toMatchObject({
      sent: 0,
      accepted: 0,
      refused: {},
      latenciesMs: new Float64Array(0),
    })
  })

  it('of several processes is that of all', () => {
    const one = { sent: 3, accepted: 2, refused: { 21: 1 }, latenciesMs: Float64Array.of(1, 2) }
    const two = { sent: 4, accepted: 1, refused: { 21: 1, 23: 2 }, latenciesMs: Float64Array.of(3) }
    expect(sumCounts([one, two])).toEqual({
      sent: 7,
      accepted: 3,
      refused: { 21: 2, 23: 2 },
      latenciesMs: Float64Array.of(1, 2, 3),
    })
  })
})

describe('the arrivals of a job', () => {
  it('are complete with the last miner, and later ones are of another job', async () => {
    const watch = new JobWatch()
    watch.begin(2)
    watch.note(5)
    const arrivals = watch.arrivals()
    watch.note(7)
    watch.note(9)
    expect([...(await arrivals)]).toEqual([5, 7])
  })
})
