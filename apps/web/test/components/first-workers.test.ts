import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { FirstWorkers } from '../../src/components/miner/first-workers'
import { FIRST_WORKERS, type WorkersView } from '../../src/measure/workers-view'
import { idleWorker } from '../support/idle-worker'

function markupOf(count: number, view: WorkersView): string {
  const workers = Array.from({ length: count }, (_, n) => ({
    ...idleWorker(`rig${n + 1}`),
    acceptedCount: n,
  }))
  return renderToStaticMarkup(
    createElement(FirstWorkers, { address: 'bcrt1q', workers, view, onPick: () => undefined }),
  )
}

const namesIn = (markup: string) => [...markup.matchAll(/>(rig\d+)</g)].map(([, name]) => name)

it('lists the first workers in the order that was picked, and leads to all of them in the same order', () => {
  const markup = markupOf(FIRST_WORKERS + 10, { sort: 'accepted', isWhole: false })
  expect(namesIn(markup)).toHaveLength(FIRST_WORKERS)
  expect(namesIn(markup)[0]).toBe(`rig${FIRST_WORKERS + 10}`)
  expect(markup).toContain(`The first ${FIRST_WORKERS} of ${FIRST_WORKERS + 10}.`)
  expect(markup).toContain('href="?sort=accepted&amp;workers=all"')
})

it('lists all of them where that is asked for, and leads back', () => {
  const markup = markupOf(FIRST_WORKERS + 10, { sort: 'name', isWhole: true })
  expect(namesIn(markup)).toHaveLength(FIRST_WORKERS + 10)
  expect(markup).toContain('href="?sort=name"')
})

it('says nothing of it where all of them are among the first', () => {
  const markup = markupOf(FIRST_WORKERS, { sort: 'name', isWhole: false })
  expect(namesIn(markup)).toHaveLength(FIRST_WORKERS)
  expect(markup).not.toContain('href="?')
})
