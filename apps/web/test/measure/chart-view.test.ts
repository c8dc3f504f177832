import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queryOfView, stepZoom, viewOfParams, zoomBetween } from '../../src/measure/chart-view'
import { RANGES, SHORTEST_ZOOM_MS } from '../../src/measure/range'

const instant = fc.integer({ min: 0, max: 4_000_000_000_000 })

describe('the view of a chart', () => {
  it('comes back out of its address', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RANGES), instant, instant, fc.boolean(), (range, a, b, isZoomed) => {
        const view = isZoomed ? { range, zoom: zoomBetween(a, b) } : { range }
        const params = Object.fromEntries(new URLSearchParams(queryOfView(view)))
        expect(viewOfParams(params)).toEqual(view)
      }),
    )
  })

  it('is the usual one where an address asks for what is none', () => {
    expect(viewOfParams({})).toBeUndefined()
    expect(viewOfParams({ range: '2h' })).toBeUndefined()
    expect(viewOfParams({ range: ['1h', '6h'] })).toBeUndefined()
    const backwards = { range: '1h', from: '2026-11-26T15:00Z', to: '2026-11-26T14:00Z' }
    for (const params of [backwards, { ...backwards, to: 'x' }, { ...backwards, from: '2026-99-26T15:00Z' }])
      expect(viewOfParams(params)).toEqual({ range: '1h' })
  })

  it('goes nearer, further, back and forth, and never behind the present', () => {
    const hour = 3_600_000
    const zoom = { fromMs: 10 * hour, toMs: 14 * hour }
    const far = 100 * hour
    expect(stepZoom(zoom, 'in', far)).toEqual({ fromMs: 11 * hour, toMs: 13 * hour })
    expect(stepZoom(zoom, 'out', far)).toEqual({ fromMs: 8 * hour, toMs: 16 * hour })
    expect(stepZoom(zoom, 'earlier', far)).toEqual({ fromMs: 8 * hour, toMs: 12 * hour })
    expect(stepZoom(zoom, 'later', far)).toEqual({ fromMs: 12 * hour, toMs: 16 * hour })
    expect(stepZoom(zoom, 'later', 15 * hour)).toEqual({ fromMs: 11 * hour, toMs: 15 * hour })
    expect(stepZoom(zoom, 'out', 14 * hour)).toEqual({ fromMs: 6 * hour, toMs: 14 * hour })
  })

  it('is never shorter than can be drawn', () => {
    expect(stepZoom({ fromMs: 0, toMs: SHORTEST_ZOOM_MS }, 'in', 1e12)).toEqual({
      fromMs: 120_000,
      toMs: 120_000 + SHORTEST_ZOOM_MS,
    })
  })
})
