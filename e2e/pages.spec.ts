import { solve } from '@headframe/miner/solve'
import { StratumClient } from '@headframe/miner/stratum-client'
import { devices, expect, test, type Browser, type Page } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { expectFits } from './fits.js'
import { shoot } from './shoot.js'
import { startStack, type Stack } from './stack.js'

const BLOCKS = 4
const WORKER = 'garage 1'
const USER_AGENT = 'pages-miner/1.0'

let stack: Stack
let address: string
/** Of the pool's blocks, the oldest first. */
const hashes: string[] = []

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(400_000)
  stack = await startStack()
  address = await stack.rpc<string>('getnewaddress')
  miner = await mineBlocks()
})
test.afterAll(async () => {
  await miner?.close()
  expect(await stack.stop()).toBe(0)
})
let miner: StratumClient | undefined

/** Finds blocks, sends one of the shares twice, and stays connected. */
async function mineBlocks(): Promise<StratumClient> {
  const client = await StratumClient.connect({
    host: '127.0.0.1',
    port: stack.stratumPort,
    userAgent: USER_AGENT,
  })
  await client.subscribe()
  await client.authorize(`${address}.${WORKER}`)
  for (let n = 0; n < BLOCKS; n++) {
    const tip = await stack.rpc<string>('getbestblockhash')
    const job = await client.jobWhere(({ prevHash }) => displayOrder(prevHash) === tip)
    const solution = solve(job, { wanted: 'block' })
    expect(await client.submit(solution)).toEqual({ isAccepted: true })
    if (n === 0) expect(await client.submit(solution)).toMatchObject({ isAccepted: false })
    hashes.push(displayOrder(solution.hash))
    await expect.poll(() => stack.rpc<string>('getbestblockhash')).toBe(hashes.at(-1))
  }
  return client
}

const displayOrder = (hash: Uint8Array): string => Buffer.from(hash).reverse().toString('hex')

const pagesOf = () => {
  const workerPage = `/miners/${address}/${encodeURIComponent(WORKER)}`
  return [
    { path: '/', text: 'Block change', name: 'pool' },
    { path: '/miners', text: 'Active in the last', name: 'miners' },
    { path: `/miners/${address}`, text: 'Earnings a day', name: 'miner' },
    { path: workerPage, text: 'Shares and difficulty', name: 'worker' },
    { path: '/best-shares?of=ever', text: 'Best of each miner ever', name: 'best-shares' },
    { path: '/blocks', text: 'Found by the pool', name: 'blocks' },
    { path: `/blocks/${hashes[0]}`, text: 'What the nodes said', name: 'block' },
    { path: '/payouts', text: 'Sent to miners', name: 'payouts' },
    { path: '/status', text: 'Parts of the pool', name: 'status' },
    { path: '/find?q=nobody', text: 'What can be found', name: 'find' },
  ]
}

async function look(page: Page, width: string): Promise<void> {
  for (const { path, text, name } of pagesOf()) {
    await page.goto(`${stack.webUrl}${path}`)
    await expect(page.getByText(text).first()).toBeVisible()
    await expectAccessible(page)
    await expectFits(page, `${name} on ${width}`)
    await shoot(page, `${name}-${width}`)
  }
}

test('every page stands on a desktop, and axe finds nothing wrong with it', async ({ page }) => {
  test.setTimeout(300_000)
  // What the blocks paid has reached the books, and the rollups.
  await page.goto(`${stack.webUrl}/miners/${address}`)
  await expect(page.getByTestId('earned-part')).toBeVisible({ timeout: 60_000 })
  await look(page, 'desktop')
})

test('every page stands on a phone', async ({ browser }) => {
  test.setTimeout(300_000)
  const page = await onPhone(browser)
  await look(page, 'phone')
  await page.context().close()
})

test('the longest age has room in the card of a worker', async ({ browser }) => {
  const page = await onPhone(browser)
  await page.goto(`${stack.webUrl}/miners/${address}`)
  await page.getByRole('table', { name: 'Workers' }).getByRole('time').first().scrollIntoViewIfNeeded()
  const isCut = await page.evaluate<boolean>(`(() => {
    const age = document.querySelector('table[aria-label=Workers] time')
    age.textContent = '23 h 59 min ago'
    const cell = age.closest('td')
    return cell.scrollWidth > cell.clientWidth
  })()`)
  expect(isCut).toBe(false)
  await page.context().close()
})

async function onPhone(browser: Browser, javaScriptEnabled = true): Promise<Page> {
  const { viewport, userAgent, isMobile, hasTouch } = devices['iPhone 13']
  const context = await browser.newContext({ viewport, userAgent, isMobile, hasTouch, javaScriptEnabled })
  return context.newPage()
}

test('a page can be read, searched and turned without scripts', async ({ browser }) => {
  const page = await onPhone(browser, false)
  for (const { path, text } of pagesOf()) {
    await page.goto(`${stack.webUrl}${path}`)
    await expect(page.getByText(text).first()).toBeVisible()
  }
  await page.goto(`${stack.webUrl}/miners/${address}/${encodeURIComponent(WORKER)}`)
  await page.getByText('The same as a table').first().click()
  await expect(page.getByRole('table', { name: 'Worker garage 1 hashrate' })).toBeVisible()
  await page.getByRole('link', { name: 'last hour' }).click()
  await expect(page).toHaveURL(/range=1h/)
  await expect(page.getByRole('link', { name: 'last hour' })).toHaveAttribute('aria-current', 'true')
  await page.getByRole('searchbox').fill(`${address}.${WORKER}`)
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(page.getByRole('heading', { name: WORKER })).toBeVisible()
  await page.context().close()
})

test('a search finds the block by height and hash, the miner, and says what it does not find', async ({
  page,
}) => {
  await page.goto(stack.webUrl)
  const search = async (text: string) => {
    await page.getByRole('searchbox').fill(text)
    await page.getByRole('searchbox').press('Enter')
  }
  const height = await stack.rpc<number>('getblockcount')
  await search(String(height))
  await expect(page).toHaveURL(`${stack.webUrl}/blocks/${hashes.at(-1)}`)
  await search(hashes[0]!)
  await expect(page).toHaveURL(`${stack.webUrl}/blocks/${hashes[0]}`)
  await search(address)
  await expect(page).toHaveURL(`${stack.webUrl}/miners/${address}`)
  await search('1000000')
  await expect(page.getByText('The pool has found no block at height 1000000.')).toBeVisible()
})

test('a worker is told what it is, what it lost and what to do', async ({ page }) => {
  await page.goto(`${stack.webUrl}/miners/${address}`)
  await page.getByRole('link', { name: WORKER }).click()
  await expect(page.getByRole('heading', { name: WORKER })).toBeVisible()
  await expect(page.getByText(USER_AGENT)).toBeVisible()
  const rejects = page.getByRole('table', { name: 'Rejected shares by reason' })
  await expect(rejects.getByText('Sent twice')).toBeVisible()
  await expect(rejects.getByText(/Only one counts, so nothing is lost/)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Best shares' }).getByText('Ever')).toBeVisible()
})

test('a chart is zoomed by keyboard and by dragging, and its address can be handed on', async ({ page }) => {
  await page.goto(`${stack.webUrl}/miners/${address}?range=24h`)
  await page.getByRole('link', { name: 'Zoom in' }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/range=24h&from=.*&to=/)
  await expect(page.getByText(/ UTC to .* UTC/).first()).toBeVisible()
  const zoomed = page.url()
  await page.getByRole('link', { name: 'Whole range' }).click()
  await expect(page).toHaveURL(/range=24h$/)

  const plot = page
    .getByRole('figure', { name: /Miner hashrate/ })
    .locator('.recharts-surface')
    .first()
  const box = (await plot.boundingBox())!
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 6 })
  await page.mouse.up()
  await expect(page).toHaveURL(/from=.*&to=/)

  await page.goto(zoomed)
  await expect(page.getByText(/ UTC to .* UTC/).first()).toBeVisible()
})

test('a stranger reads the coinbase, and takes the proofs along', async ({ page }) => {
  test.setTimeout(240_000)
  await page.goto(`${stack.webUrl}/blocks/${hashes[0]}`)
  const coinbase = page.getByRole('region', { name: 'Coinbase' })
  const outputs = coinbase.getByRole('table', { name: 'Outputs of the coinbase' })
  await expect(outputs.getByText('the pool', { exact: true })).toBeVisible({ timeout: 120_000 })
  await expect(outputs.getByText('nobody: data')).toBeVisible()
  const block = await stack.rpc<{ tx: string[] }>('getblock', [hashes[0], 1])
  await expect(coinbase.getByLabel('Transaction', { exact: true })).toHaveValue(block.tx[0]!)
  const audit = page.waitForEvent('download')
  await coinbase.getByRole('link', { name: 'Download the audit document' }).click()
  expect((await audit).suggestedFilename()).toMatch(/^headframe-block-[0-9a-f]{8}\.json$/)
  await expectAccessible(page)
  await shoot(page, 'coinbase-desktop')

  await page.goto(`${stack.webUrl}/miners/${address}`)
  await page
    .getByRole('button', { name: /^Check it/ })
    .last()
    .click()
  const proof = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the proof' }).click()
  expect((await proof).suggestedFilename()).toMatch(/^headframe-proof-[0-9a-f]{8}\.json$/)
  await expectAccessible(page)
})

test('the pool shows its luck, its network and how fast it changed blocks', async ({ page }) => {
  await page.goto(stack.webUrl)
  const luck = page.getByRole('region', { name: 'Luck' })
  await expect(luck.getByTestId('mean-effort')).toBeVisible()
  await luck.getByText('The same as a table').click()
  await expect(luck.getByRole('table').getByRole('row')).toHaveCount(BLOCKS + 1)
  const network = page.getByRole('region', { name: 'Network' })
  await expect(network.getByText('never changes here')).toBeVisible()
  const change = page.getByRole('region', { name: 'Block change' })
  await expect(change.getByText(/90 % within/)).toBeVisible()
})
