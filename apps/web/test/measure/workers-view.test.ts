import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WORKER_SORTS } from '../../src/measure/sort-workers'
import { queryOfWorkersView, workersViewOfParams } from '../../src/measure/workers-view'

const views = fc.record({ sort: fc.constantFrom(...WORKER_SORTS), isWhole: fc.boolean() })
const paramsOf = (query: string) => Object.fromEntries(new URLSearchParams(query))

describe('the view of the workers', () => {
  it('comes back out of its address, whatever the address said of them before', () => {
    fc.assert(
      fc.property(views, views, (before, view) => {
        const query = queryOfWorkersView(view, queryOfWorkersView(before, '?range=7d'))
        expect(paramsOf(query)['range']).toBe('7d')
        expect(workersViewOfParams(paramsOf(query))).toEqual(view)
      }),
    )
  })

  it('is by name and of the first ones where an address asks for what is none', () => {
    const usual = { sort: 'name', isWhole: false }
    for (const params of [{}, { sort: 'size' }, { sort: ['state', 'best'] }, { workers: '500' }])
      expect(workersViewOfParams(params)).toEqual(usual)
  })
})
