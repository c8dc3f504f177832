import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { workOfNbits } from '@headframe/core/accounting/score'
import { workOfDifficulty } from '@headframe/core/chain/target'
import { formatBtc } from '@headframe/core/units'
import type { PoolJob } from '@headframe/miner/pool-job'
import { StratumClient } from '@headframe/miner/stratum-client'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { findBlock } from './find-block.js'
import { expectFits } from './fits.js'
import { shoot } from './shoot.js'
import { startStack, type Stack } from './stack.js'

/** 100 basis points are the default. */
const FEE_DIVISOR = 100n
const COINBASE_MATURITY = 100
/** The default of PAYOUT_CONFIRMATIONS. */
const CONFIRMATIONS = 6
/** Once, when the pool starts and owes nobody anything; then by command. */
const PAYOUT_EVERY_MINUTES = '44640'
const UTC_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/

const VERIFY = fileURLToPath(new URL('../packages/verify/bin/headframe-verify.mjs', import.meta.url))

let stack: Stack

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(300_000)
  stack = await startStack({ PAYOUT_EVERY_MINUTES, PUBLIC_LOG_EPOCH_SECONDS: '1' })
})
test.afterAll(async () => {
  expect(await stack.stop()).toBe(0)
})

/** What broke in the browser. */
let pageErrors: string[] = []
test.beforeEach(({ page }) => {
  pageErrors = []
  page.on('pageerror', (error) => pageErrors.push(error.stack ?? error.message))
})
test.afterEach(() => expect(pageErrors).toEqual([]))

/** What the coinbase of a block really pays, from the node itself. */
async function coinbaseValueSats(hash: string): Promise<bigint> {
  const block = await stack.rpc<{ tx: { vout: { value: number }[] }[] }>('getblock', [hash, 2])
  return block.tx[0]!.vout.reduce((sum, { value }) => sum + BigInt(Math.round(value * 1e8)), 0n)
}

/** What an address of the node's wallet has got by transactions, from the node itself. */
async function receivedSats(address: string): Promise<bigint> {
  return BigInt(Math.round((await stack.rpc<number>('getreceivedbyaddress', [address])) * 1e8))
}

const mine = async (blocks: number): Promise<unknown> =>
  stack.rpc('generatetoaddress', [blocks, await stack.rpc<string>('getnewaddress')])

function balance(page: Page, name: 'Immature' | 'Available' | 'In a payout' | 'Paid') {
  const panel = page.getByRole('region', { name: 'Balance' })
  return panel
    .locator('dl > div')
    .filter({ has: page.locator('dt', { hasText: name }) })
    .locator('dd')
    .first()
}

test('an outside miner mines a block, the page shows it live, and the money follows to the satoshi', async ({
  page,
}) => {
  const [first, second] = (
    await Promise.all([
      stack.rpc<string>('getnewaddress'),
      stack.rpc<string>('getnewaddress', ['', 'bech32m']),
    ])
  ).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))

  await page.goto(stack.webUrl)
  await expect(page.getByText(String(stack.stratumPort)).first()).toBeVisible()

  // The first miner is alone in the window.
  const alone = await findBlock(stack, first, 'garage')
  await expect(
    page.getByRole('region', { name: /blocks/i }).getByText(alone.height.toLocaleString('en')),
  ).toBeVisible()
  await expectAccessible(page)
  const aloneSats = await coinbaseValueSats(alone.hash)
  const firstAlone = aloneSats - aloneSats / FEE_DIVISOR

  await page.goto(`${stack.webUrl}/miners/${first}`)
  await expect(page.getByText('garage').first()).toBeVisible()
  await expect(balance(page, 'Immature')).toContainText(formatBtc(firstAlone))
  await expect(balance(page, 'Available')).toContainText(formatBtc(0n))

  // The second shares the window with the first: by score, cut by cumulative floor in the order of addresses.
  const shared = await findBlock(stack, second, 'barn')
  const sharedSats = await coinbaseValueSats(shared.hash)
  const rewardSats = sharedSats - sharedSats / FEE_DIVISOR
  const [firstScore, secondScore] = [scoreOf(alone.job), scoreOf(shared.job)]
  const firstShared = (rewardSats * firstScore) / (firstScore + secondScore)
  const firstSats = firstAlone + firstShared
  await expect(balance(page, 'Immature')).toContainText(formatBtc(firstSats))

  // A hundred blocks that others find make both spendable.
  await mine(COINBASE_MATURITY)
  await expect(balance(page, 'Available')).toContainText(formatBtc(firstSats))
  await expect(balance(page, 'Immature')).toContainText(formatBtc(0n))
  await expect(balance(page, 'Paid')).toContainText(formatBtc(0n))

  await page.goto(`${stack.webUrl}/miners/${second}`)
  await expect(balance(page, 'Available')).toContainText(formatBtc(rewardSats - firstShared))
  await expectAccessible(page)
  const secondSats = rewardSats - firstShared
  await expect(page.getByRole('region', { name: 'Payouts' }).getByText('No payout yet')).toBeVisible()

  // What is available is sent, and the page follows it without being asked.
  await stack.payouts('plan')
  const payouts = page.getByRole('table', { name: 'Payouts to this address' })
  await expect(payouts.getByText('on its way')).toBeVisible()
  await expect(balance(page, 'Available')).toContainText(formatBtc(0n))
  await expect(balance(page, 'In a payout')).toContainText(formatBtc(secondSats))
  const [txid = ''] = await stack.rpc<string[]>('getrawmempool')
  await expect(payouts.getByTitle(txid)).toBeVisible()
  await expectAccessible(page)
  await mine(1)
  await expect(payouts.getByText(`confirmed 1/${CONFIRMATIONS}`)).toBeVisible()
  await mine(CONFIRMATIONS - 1)
  await expect(payouts.getByText('settled')).toBeVisible()
  await expect(balance(page, 'Paid')).toContainText(formatBtc(secondSats))
  expect([await receivedSats(first), await receivedSats(second)]).toEqual([firstSats, secondSats])
  await expectAccessible(page)

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Statement as CSV' }).click()
  const lines = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\r\n')
  const kinds = ['kind', 'block-credit', 'block-mature', 'payout-plan', 'payout-settle']
  expect(lines.map((line) => line.split(',')[1])).toEqual(kinds)
  expect(lines.at(-1)).toMatch(new RegExp(`,-${secondSats},0,0,0,,${txid},${secondSats}$`))

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Payouts' }).click()
  const paid = page.getByRole('table', { name: 'Payouts of the pool' }).getByRole('row')
  await expect(paid.filter({ has: page.getByTitle(txid) })).toContainText(formatBtc(firstSats + secondSats))
  await expectAccessible(page)

  await page.goto(`${stack.webUrl}/blocks`)
  await expect(page.getByText(/mature/i).first()).toBeVisible()
  await expect(page.getByRole('cell', { name: 'taken by 1 of 1 node' })).toHaveCount(2)
  await expectAccessible(page)

  await page.getByRole('link', { name: alone.height.toLocaleString('en'), exact: true }).click()
  const said = page.getByRole('region', { name: 'What the nodes said' })
  for (const text of ['local', 'accepted', 'The block is on the best chain of the node.', UTC_TIME]) {
    await expect(said.getByRole('cell', { name: text, exact: true })).toHaveCount(1)
  }
  await expectAccessible(page)
})

/** In units of 2^-96, as the ledger has it. */
const scoreOf = ({ difficulty, nbits }: PoolJob): bigint =>
  (workOfDifficulty(difficulty) << 96n) / workOfNbits(nbits)

test('whoever connects a miner gets its settings, and sees what the pool sees of it', async ({ page }) => {
  const address = await stack.rpc<string>('getnewaddress')
  await page.goto(stack.webUrl)
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Connect' }).click()
  await page.getByRole('link', { name: 'Antminer (stock firmware)' }).click()
  const settings = page.getByRole('region', { name: 'What to type in' })
  await expect(settings.getByRole('textbox', { name: 'Worker' })).toBeVisible()
  await page.getByLabel(/^Your .* address/).fill(`${address}.barn`)
  await page.getByRole('button', { name: 'Fill in' }).click()
  await expect(settings.getByRole('textbox', { name: 'Worker' })).toHaveValue(`${address}.barn`)
  await expect(settings.getByRole('textbox', { name: 'URL' })).toHaveValue(
    new RegExp(`^stratum\\+tcp://.+:${stack.stratumPort}$`),
  )
  const seen = page.getByRole('region', { name: 'What the pool sees of it' })
  await expect(seen.getByText('No connection in the last half hour')).toBeVisible()

  const client = await StratumClient.connect({ host: '127.0.0.1', port: stack.stratumPort })
  await client.subscribe()
  await expect(client.authorize(`${address.slice(0, -1)}.barn`)).rejects.toThrow()
  await client.authorize(`${address}.barn`)
  for (const text of [/^Done: Taken as/, /^Done: First job, at difficulty/, /^Waits: First share/])
    await expect(seen.getByRole('listitem').filter({ hasText: text }).last()).toBeVisible()
  const refused = page.getByRole('region', { name: 'From your network, without an address' })
  await expect(refused.getByText(`${address.slice(0, -1)}.barn`, { exact: true })).toBeVisible()
  await expectAccessible(page)
  await shoot(page, 'connect-desktop')
  await client.close()
  await expect(seen.getByText('Gone: The miner closed the connection')).toBeVisible()

  await page.setViewportSize({ width: 390, height: 844 })
  await page.reload()
  await expect(settings.getByRole('textbox', { name: 'Worker' })).toHaveValue(`${address}.barn`)
  await expectAccessible(page)
  await expectFits(page, 'a connection')
  await shoot(page, 'connect-phone')
})

test('a wrong address is told so in words', async ({ page }) => {
  await page.goto(`${stack.webUrl}/miners/bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4`)
  await expect(page.getByText(/mainnet/).first()).toBeVisible()
  const address = await stack.rpc<string>('getnewaddress')
  await page.goto(`${stack.webUrl}/miners/${address}`)
  await expect(page.getByText(/no share/i).first()).toBeVisible()
  const answer = await page.goto(`${stack.webUrl}/miners/%E0%A4%A`)
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
})

for (const [device, width] of [
  ['desk', 1280],
  ['phone', 390],
] as const) {
  test(`whoever comes to check the pool finds its log on a ${device}, and nothing is wrong with it`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 })
    await page.goto(stack.webUrl)
    await page.getByRole('link', { name: 'Public log' }).click()
    const ends = page.getByRole('region', { name: 'What there is' })
    for (const file of ['index.json', 'the newest epoch, signed', 'its shares']) {
      const path = await ends.getByRole('listitem').filter({ hasText: file }).getByRole('link').textContent()
      expect((await page.request.get(`${stack.webUrl}${path}`)).status(), file).toBe(200)
    }
    await expectFits(page, 'the log')
    await expectAccessible(page)
    await shoot(page, `log-${device}`)
  })
}

test('headframe-verify, run against the site, has nothing to say against its two blocks', async () => {
  await expect.poll(verify, { timeout: 100_000 }).toMatch(/^2 blocks: 2 ok, 0 wrong, 0 unchecked$/m)
  expect(await verify()).toMatch(/^Nothing is wrong\.$/m)
})

/** What it prints, also while there is nothing to check yet. */
async function verify(): Promise<string> {
  const log = `${stack.webUrl}/log`
  return promisify(execFile)(process.execPath, [VERIFY, log]).then(
    ({ stdout }) => stdout,
    // It ends with 1 where it has found something.
    (error: unknown) => (error as { readonly stdout: string }).stdout,
  )
}
