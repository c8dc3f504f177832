import fc from 'fast-check'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { WorkerRow } from '../../src/components/miner/worker-row'
import { idleWorker } from '../support/idle-worker'

function markupOf(name: string, userAgent: string): string {
  const worker = idleWorker(name, userAgent)
  return renderToStaticMarkup(createElement(WorkerRow, { address: 'bcrt1q', worker }))
}

/** The tags with their attributes' names: what the page consists of, whatever stands in it. */
function skeletonOf(markup: string): string[] {
  return markup.match(/<[^>]*>/g)!.map((tag) => tag.replace(/"[^"]*"/g, '""'))
}

it('shows a worker name and a user agent as text, whatever they hold', () => {
  const markup = markupOf(`<script>alert('1')</script>`, `"><img src=x onerror=alert(2)>`)
  expect(markup).toContain('&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;')
  expect(markup).not.toContain('<script')
  expect(markup).not.toContain('<img')
})

it('is made of the same elements for any name', () => {
  const skeleton = skeletonOf(markupOf('rig1', 'miner/1'))
  const text = fc.string({
    unit: fc.constantFrom('<', '>', '"', "'", '&', '/', ' ', 'b', '=', '`', '!', '-'),
    minLength: 1,
  })
  fc.assert(
    fc.property(text, text, (name, userAgent) => {
      expect(skeletonOf(markupOf(name, userAgent))).toEqual(skeleton)
    }),
  )
})
