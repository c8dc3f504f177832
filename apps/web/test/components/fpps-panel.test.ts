import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { FppsPanel } from '../../src/components/status/fpps-panel'

function textOf(reserveInBlocks: number, ruinChance: number): string {
  const fpps = {
    reserveSats: 2_000_000_000n,
    leftSats: 1_900_000_000n,
    feeBasisPoints: 200,
    bound: 'a bound',
    risk: { reserveInBlocks, ruinChance },
  }
  return renderToStaticMarkup(createElement(FppsPanel, { fpps })).replace(/<[^>]*>/g, ' ')
}

it('says how many blocks the reserve bridges, and how likely it is to be used up, in digits that can be read', () => {
  const usual = textOf(64.04, 0.2775)
  expect(usual).toContain('64.0 subsidies of a block')
  expect(usual).toContain('with a chance of 27.8 %')
  expect(textOf(399_384.6, 1)).toContain('399,385 subsidies of a block')
  expect(textOf(399_384.6, 1)).toContain('with a chance of 100 %')
  expect(textOf(1_000, 1e-9)).toContain('with a chance of &lt; 0.01 %')
})
