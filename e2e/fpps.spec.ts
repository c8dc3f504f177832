import { devices, expect, test } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { findBlock } from './find-block.js'
import { expectFits } from './fits.js'
import { shoot } from './shoot.js'
import { startStack, type Stack } from './stack.js'

/** What a share is paid on regtest, where a block takes two hashes, is out of all proportion. */
const FPPS_RESERVE_BTC = '21000000'
/** Behind the shared port and the one for solo mining. */
const FPPS_PORT = 2

let stack: Stack

test.beforeAll(async () => {
  test.setTimeout(300_000)
  stack = await startStack({ FPPS_RESERVE_BTC, FPPS_CREDIT_MINUTES: '1', PAYOUT_EVERY_MINUTES: '44640' })
})
test.afterAll(async () => {
  expect(await stack.stop()).toBe(0)
})

test('a share is paid by the day, at once and to the satoshi, on a desk and on a phone', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const address = await stack.rpc<string>('getnewaddress')
  await findBlock({ ...stack, stratumPort: stack.stratumPort + FPPS_PORT }, address, 'garage')
  for (const [width, device] of Object.entries({ desktop: {}, phone: devices['iPhone 13'] })) {
    const { defaultBrowserType: _, ...look } = device as (typeof devices)[string]
    const page = await (await browser.newContext(look)).newPage()
    await page.goto(`${stack.webUrl}/miners/${address}`)
    const earnings = page.getByRole('region', { name: 'Earnings by shares' })
    await expect(earnings).toBeVisible({ timeout: 200_000 })
    const paid = await earnings.getByRole('paragraph').first().textContent()
    const sum = /^[\d,.]+/.exec(paid ?? '')?.[0]
    expect(sum).toMatch(/[1-9]/)
    const available = page
      .getByRole('region', { name: 'Balance' })
      .locator('dl > div', { hasText: 'Available' })
    await expect(available).toContainText(sum!)
    await expect(page.getByTestId('earned-part')).toHaveText('100 %')
    await expectAccessible(page)
    await expectFits(page, `a miner of FPPS on ${width}`)
    await shoot(page, `miner-fpps-${width}`)
    await page.goto(`${stack.webUrl}/status`)
    await expect(
      page.getByRole('region', { name: 'FPPS reserve' }).getByText('21,000,000.00000000'),
    ).toBeVisible()
    await expectFits(page, `the status of a pool with FPPS on ${width}`)
    await shoot(page, `status-fpps-${width}`)
    await page.context().close()
  }
})
