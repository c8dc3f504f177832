import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe.js'
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
  } finally {
    expect(await stack.stop()).toBe(0)
  }
})
