import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { expectFits } from './fits.js'
import { startStack } from './stack.js'

test('an operator sees how nodes, blocks, ports and processes stand, on a page of its own', async ({
  page,
}) => {
  test.setTimeout(300_000)
  const stack = await startStack()
  try {
    await page.goto(stack.webUrl)
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Status' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Status' })).toBeVisible()
    await expect(page.getByRole('table', { name: 'Bitcoin nodes' }).getByText('in use')).toBeVisible()
    const proposed = page.getByRole('region', { name: 'Blocks proposed' })
    await expect(proposed.getByText('would be taken')).toHaveCount(2)
    const canary = page.getByRole('region', { name: 'Canary' })
    for (const port of [stack.stratumPort, stack.stratumPort + 1]) {
      await expect(canary.getByRole('listitem').filter({ hasText: `Port ${port}` })).toContainText('last job')
    }
    await expect(page.getByText('Wrong:')).toHaveCount(0)
    const payouts = page.getByRole('region', { name: 'Payouts' })
    await expect(payouts.getByText('None is under way.')).toBeVisible()
    await stack.payouts('pause', 'a new wallet', '--by', 'ann')
    await expect(payouts.getByText('Paused by ann: a new wallet')).toBeVisible()
    const processes = page.getByRole('table', { name: 'Stratum processes' })
    await expect(processes.getByRole('row')).not.toHaveCount(1)
    const parts = page.getByRole('region', { name: 'Parts of the pool' })
    for (const part of ['Bitcoin nodes', 'Templates and jobs', 'Stratum ports', 'Database', 'Live feed'])
      await expect(parts.getByRole('listitem').filter({ hasText: part })).toContainText('well')
    await expect(parts.getByRole('listitem').filter({ hasText: 'Payouts' })).toContainText('a new wallet')
    await expectAccessible(page)
    await readsTheApi(page, stack.webUrl)
  } finally {
    expect(await stack.stop()).toBe(0)
  }
})

/** The reference, and what it says of one operation put to the test; also on a phone. */
async function readsTheApi(page: Page, webUrl: string): Promise<void> {
  await page.getByRole('contentinfo').getByRole('link', { name: 'API' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'API' })).toBeVisible()
  await expect(page.getByText(`/api/v1/pool'`)).toContainText(new URL(webUrl).host)
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 800 })
  await expectFits(page, 'the reference')
  const response = await page.request.get(`${webUrl}/api/v1/pool`, {
    headers: { 'x-headframe-peer': '192.0.2.1' },
  })
  expect(response.headers()['ratelimit-policy']).toBe('"read";q=3000;w=60')
  expect(await response.json()).toMatchObject({ isSetUp: true })
}
