import { solve } from '@headframe/miner/solve'
import { StratumClient } from '@headframe/miner/stratum-client'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { expectFits } from './fits.js'
import { NtfyServer } from './ntfy-server.js'
import { startStack, type Stack } from './stack.js'

let stack: Stack
let ntfy: NtfyServer

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(300_000)
  ntfy = await NtfyServer.start()
  stack = await startStack({ PAYOUT_EVERY_MINUTES: '44640', ALERT_NTFY_URL: ntfy.url })
})
test.afterAll(async () => {
  ntfy.close()
  expect(await stack.stop()).toBe(0)
})

/** A share, so that the pool knows the address. */
async function mineFor(address: string): Promise<void> {
  const client = await StratumClient.connect({ host: '127.0.0.1', port: stack.stratumPort })
  await client.subscribe()
  await client.authorize(`${address}.rig1`)
  const job = await client.jobWhere(() => true)
  expect(await client.submit(solve(job, { wanted: 'share' }))).toEqual({ isAccepted: true })
  await client.close()
}

/** What the page asks to be signed, signed by the node's wallet. */
async function signatureOf(page: Page, address: string): Promise<string> {
  const message = await page.getByTestId('message').innerText()
  return stack.rpc<string>('signmessage', [address, message])
}

async function signIn(page: Page, address: string): Promise<void> {
  await page.goto(`${stack.webUrl}/account`)
  await page.getByLabel('Address', { exact: true }).fill(address)
  await page.getByRole('button', { name: 'Show the text to sign' }).click()
  await expect(page.getByTestId('message')).toContainText(address)
  await page.getByLabel('Signature').fill(await signatureOf(page, address))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByTestId('account-address')).toHaveText(address)
}

for (const [format, type] of [
  ['as signmessage signs', 'legacy'],
  ['by BIP 322', 'bech32m'],
] as const) {
  test(`a miner proves his address with his wallet, ${format}, and signs out`, async ({ page }) => {
    const address = await stack.rpc<string>('getnewaddress', ['', type])
    await page.goto(`${stack.webUrl}/account?address=${address}`)
    await expectAccessible(page)
    await page.getByLabel('Signature').fill('bm90aGluZw==')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert').getByText('This is not a signature')).toBeVisible()
    await signIn(page, address)
    const [cookie] = (await page.context().cookies()).filter(({ name }) => name === 'headframe-account')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Prove an address' })).toBeVisible()
    // What the cookie held opens nothing any more.
    await page.context().addCookies([cookie!])
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Prove an address' })).toBeVisible()
  })
}

test('he signs in without JavaScript, too', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  try {
    await signIn(await context.newPage(), await stack.rpc<string>('getnewaddress', ['', 'bech32']))
  } finally {
    await context.close()
  }
})

test('he sets a threshold, changes where he is paid and takes it back, and sees all of it in his history', async ({
  page,
}) => {
  const address = await stack.rpc<string>('getnewaddress', ['', 'bech32'])
  const other = await stack.rpc<string>('getnewaddress', ['', 'bech32m'])
  await mineFor(address)
  await page.goto(`${stack.webUrl}/miners/${address}`)
  await page.getByRole('link', { name: 'This is my address' }).click()
  await expect(page.getByTestId('message')).toContainText(address)
  await signIn(page, address)

  const threshold = page.getByRole('region', { name: 'Payout threshold' })
  await threshold.getByLabel('Satoshis').fill('1')
  await threshold.getByRole('button', { name: 'Save' }).click()
  await expect(threshold.getByText('A threshold is between')).toBeVisible()
  await threshold.getByLabel('Satoshis').fill('250,000')
  await threshold.getByRole('button', { name: 'Save' }).click()
  await expect(threshold.getByText('You are paid once 0.00250000 BTC are available.')).toBeVisible()

  const payout = page.getByRole('region', { name: 'Payout address' })
  await payout.getByLabel('Another address').fill(other)
  await payout.getByRole('button', { name: 'Show the text to sign' }).click()
  await expect(payout.getByTestId('message')).toContainText(other)
  const wrong = await stack.rpc<string>('signmessage', [other, await page.getByTestId('message').innerText()])
  await payout.getByLabel('Signature').fill(wrong)
  await payout.getByRole('button', { name: 'Change where I am paid' }).click()
  await expect(payout.getByText(/of another address/)).toBeVisible()
  await payout.getByLabel('Signature').fill(await signatureOf(page, address))
  await payout.getByRole('button', { name: 'Change where I am paid' }).click()
  await expect(payout.getByText('Another address is on its way')).toBeVisible()
  await expect(payout.getByTestId('paid-at')).toHaveText(address)
  await expectAccessible(page)
  await payout.getByRole('button', { name: 'Cancel this change' }).click()
  await expect(payout.getByText('Another address is on its way')).toHaveCount(0)

  const history = page.getByRole('table', { name: 'Changes of your settings' })
  for (const what of ['Payout threshold', 'Another payout address', 'Payout address cancelled'])
    await expect(history.getByText(what, { exact: true })).toBeVisible()
})

test('he is not listed any more, and his pages open by his view key alone', async ({ page, browser }) => {
  const address = await stack.rpc<string>('getnewaddress', ['', 'bech32'])
  await mineFor(address)
  const stranger = await (await browser.newContext()).newPage()
  const shares = (of: Page) => of.getByRole('region', { name: 'Workers' }).getByText('rig1')
  const minerUrl = `${stack.webUrl}/miners/${address}`
  await expect
    .poll(async () => {
      await stranger.goto(minerUrl)
      return shares(stranger).count()
    })
    .toBeGreaterThan(0)

  await signIn(page, address)
  const privacy = page.getByRole('region', { name: 'Privacy' })
  await privacy.getByRole('button', { name: 'Do not list me' }).click()
  await expect(privacy.getByText(/^You are not listed/)).toBeVisible()
  await privacy.getByRole('button', { name: 'Make a link' }).click()
  const link = await privacy.getByLabel('Link with your view key', { exact: true }).inputValue()

  await stranger.goto(minerUrl)
  await expect(stranger.getByText('rig1')).toHaveCount(0)
  await stranger.goto(link)
  await expect(stranger).toHaveURL(minerUrl)
  await expect(shares(stranger).first()).toBeVisible()
  await page.goto(minerUrl)
  await expect(shares(page).first()).toBeVisible()

  await page.goto(`${stack.webUrl}/account`)
  await privacy.getByRole('button', { name: 'Take it back' }).click()
  await expect(privacy.getByRole('button', { name: 'Make a link' })).toBeVisible()
  await stranger.goto(minerUrl)
  await expect(stranger.getByText('rig1')).toHaveCount(0)
  await stranger.context().close()
})

test('he labels a machine and hides it: his page shows it to him, and nobody else finds it', async ({
  page,
  browser,
}) => {
  const address = await stack.rpc<string>('getnewaddress', ['', 'bech32'])
  await mineFor(address)
  const minerUrl = `${stack.webUrl}/miners/${address}`
  const stranger = await (await browser.newContext()).newPage()
  const workers = (of: Page) => of.getByRole('region', { name: 'Workers' })
  await expect
    .poll(async () => {
      await stranger.goto(minerUrl)
      return workers(stranger).getByText('rig1').count()
    })
    .toBeGreaterThan(0)

  await signIn(page, address)
  await workers(page).getByLabel('Label').fill('The shelf')
  await workers(page).getByLabel('Hide').check()
  await workers(page).getByRole('button', { name: 'Save rig1' }).click()
  await expect(workers(page).getByText('Saved.')).toBeVisible()
  await page.goto(minerUrl)
  await expect(page.getByRole('link', { name: 'Your account' })).toBeVisible()
  await workers(page).getByText('1 hidden worker, which nobody else sees').click()
  await workers(page).getByRole('link', { name: 'The shelf' }).click()
  await expect(page.getByRole('heading', { name: 'The shelf' })).toBeVisible()
  await expect(page.getByText('Hidden: nobody else sees it, until its next share.')).toBeVisible()
  await expectAccessible(page)
  const workerUrl = page.url()

  await stranger.goto(minerUrl)
  await expect(workers(stranger).getByText('No worker yet')).toBeVisible()
  await expect(stranger.getByText(/rig1|The shelf|hidden/)).toHaveCount(0)
  await stranger.goto(workerUrl)
  await expect(stranger.getByText('The pool knows no such worker of this address')).toBeVisible()
  await stranger.context().close()
})

test('he has alerts sent to his phone: he confirms the channel, tries it, renames it, and reads what was delivered', async ({
  page,
}) => {
  await signIn(page, await stack.rpc<string>('getnewaddress', ['', 'bech32']))
  const channels = page.getByRole('region', { name: 'Channels' })
  await channels.getByLabel('Kind').selectOption('ntfy')
  await channels.getByLabel('What you call it').fill('phone')
  await channels.getByLabel('Topic').fill('garage')
  await channels.getByRole('button', { name: /^Add it/ }).click()
  const codes = () => ntfy.published.flatMap(({ message }) => /\b\d{8}\b/.exec(message)?.[0] ?? [])
  await expect.poll(() => codes().length, { timeout: 60_000 }).toBe(1)
  expect(ntfy.published[0]!.topic).toBe('garage')
  await channels.getByLabel('Code that phone was sent').fill(codes()[0]!)
  await channels.getByRole('button', { name: 'Confirm' }).click()
  await expect(channels.getByText('works', { exact: true })).toBeVisible()

  await channels.getByRole('button', { name: 'Test phone' }).click()
  await expect.poll(() => ntfy.published.length, { timeout: 60_000 }).toBe(2)
  expect(ntfy.published[1]!.message).toContain('This channel works.')
  await channels.getByRole('button', { name: 'Change phone' }).click()
  await channels.getByLabel('Name', { exact: true }).fill('my phone')
  await channels.getByRole('button', { name: 'Save' }).click()
  await expect(channels.getByRole('button', { name: 'Test my phone' })).toBeVisible()

  await page.reload()
  const delivered = page.getByRole('region', { name: 'What was delivered' })
  const tried = delivered.getByRole('listitem').filter({ hasText: 'This channel works.' })
  await expect(tried).toContainText('my phone (ntfy)')
  await expect(tried).toContainText('sent')
  await expectAccessible(page)
  await tried.getByRole('button', { name: 'Send it again' }).click()
  await expect.poll(() => ntfy.published.length, { timeout: 60_000 }).toBe(3)
})

test('the reference of the API reads on a phone, without JavaScript, too', async ({ browser }) => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled })
    const page = await context.newPage()
    await page.goto(`${stack.webUrl}/docs/api`)
    await page
      .getByRole('navigation', { name: 'Parts of the API' })
      .getByRole('link', { name: 'errors' })
      .click()
    await expect(page).toHaveURL(/#errors$/)
    await expect(page.getByText('rate-limited').last()).toBeAttached()
    await expect(page.getByText('/miners/{address}/workers').first()).toBeAttached()
    if (javaScriptEnabled) {
      await expectFits(page, 'the reference')
      await expectAccessible(page)
    }
    await context.close()
  }
})

test('he makes a token for a program, and chooses what he is told of', async ({ page, browser }) => {
  const address = await stack.rpc<string>('getnewaddress', ['', 'bech32'])
  await signIn(page, address)
  const tokens = page.getByRole('region', { name: 'API tokens' })
  await tokens.getByLabel('Name of the token').fill('farm script')
  await tokens.getByRole('button', { name: 'Make a token' }).click()
  const token = await tokens.getByLabel('Token', { exact: true }).inputValue()
  const ask = () =>
    page.request.get(`${stack.webUrl}/api/v1/account`, { headers: { authorization: `Bearer ${token}` } })
  expect((await ask()).status()).toBe(200)

  const channels = page.getByRole('region', { name: 'Channels' })
  await channels.getByLabel('Kind').selectOption('webhook')
  await channels.getByLabel('What you call it').fill('my hook')
  await channels.getByLabel('URL, https://').fill('http://10.0.0.1/')
  await channels.getByRole('button', { name: /^Add it/ }).click()
  await expect(page.getByRole('alert').getByText(/https/)).toBeVisible()
  await channels.getByLabel('URL, https://').fill('https://hook.example.org/pool')
  await channels.getByRole('button', { name: /^Add it/ }).click()
  await expect(channels.getByLabel('Secret', { exact: true })).toHaveValue(/^whsec_/)
  const rule = page
    .getByRole('region', { name: 'What you are told' })
    .getByRole('checkbox', { name: 'Worker down' })
  const wasOn = await rule.isChecked()
  await rule.click()
  await expect(rule).toBeChecked({ checked: !wasOn })
  await expectAccessible(page)

  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } })
  await phone.addCookies(await page.context().cookies())
  const small = await phone.newPage()
  await small.goto(`${stack.webUrl}/account`)
  await expect(small.getByRole('region', { name: 'Channels' }).getByText('my hook').first()).toBeVisible()
  await expect(small.getByText('farm script').first()).toBeVisible()
  await expect(
    small.getByRole('region', { name: 'What you are told' }).getByRole('checkbox', { name: 'Worker down' }),
  ).toBeChecked({ checked: !wasOn })
  await expectFits(small, 'his account')
  await expectAccessible(small)
  await small.getByRole('button', { name: 'Revoke farm script' }).click()
  await small.getByRole('button', { name: 'Revoke farm script for good' }).click()
  await expect.poll(async () => (await ask()).status()).toBe(401)
  await phone.close()
})

test('a page of another site changes nothing in his name', async ({ page }) => {
  const address = await stack.rpc<string>('getnewaddress', ['', 'bech32'])
  await signIn(page, address)
  const change = (headers: Record<string, string>) =>
    page.request.post(`${stack.webUrl}/api/trpc/account.setListing`, {
      headers: { 'content-type': 'application/json', ...headers },
      data: { json: { isUnlisted: true } },
    })
  expect((await change({ origin: 'http://evil.example' })).status()).toBe(403)
  expect((await change({ 'sec-fetch-site': 'cross-site' })).status()).toBe(403)
  // A form that another site sends does not get through to the action of signing out either.
  const form = await page.request.post(`${stack.webUrl}/account`, {
    headers: { origin: 'http://evil.example' },
    multipart: { challenge: 'x', signature: 'x' },
  })
  expect(form.headers()['set-cookie']).toBeUndefined()
  await page.reload()
  await expect(page.getByTestId('account-address')).toHaveText(address)
  await expect(page.getByRole('button', { name: 'Do not list me' })).toBeVisible()
  expect((await change({ origin: stack.webUrl })).status()).toBe(200)
})
