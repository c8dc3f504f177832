import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { StratumClient } from '@headframe/miner/stratum-client'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { findBlock } from './find-block.js'
import { expectFits } from './fits.js'
import { OneTimeCodes } from './one-time-codes.js'
import {
  addAuthenticator,
  enrolOperator,
  inviteOperator,
  PASSWORD,
  readRecoveryCodes,
  setPassword,
  showCode,
  showPassword,
  signOut,
  type Operator,
} from './operator.js'
import { shoot } from './shoot.js'
import { startStack, type Stack } from './stack.js'

const COINBASE_MATURITY = 100

/**
 * The pages of the console, each with something that stands on it when it has its data. The stack has found a block for
 * a miner `garage`, and planned a payout to him that was approved; a rig of his is connected.
 */
const PAGES = [
  { path: '/console', text: 'How it stands', name: 'overview' },
  { path: '/console/account', text: 'Where you are signed in', name: 'account' },
  { path: '/console/alerts', text: 'What was delivered', name: 'alerts' },
  { path: '/console/audit', text: 'operators.add', name: 'audit' },
  { path: '/console/payouts', text: 'Payout 1', name: 'payouts' },
  { path: '/console/payouts/1', text: 'Whom it pays', name: 'payout' },
  { path: '/console/miners', text: 'Listed and not listed', name: 'miners' },
  { path: '/console/sessions', text: 'test rig/1', name: 'sessions' },
  { path: '/console/bans', text: '192.0.2.91', name: 'bans' },
  { path: '/console/settings', text: 'May change while the pool runs', name: 'settings' },
  { path: '/console/nodes', text: 'its template is in use', name: 'nodes' },
  { path: '/console/processes', text: 'checks that the books add up', name: 'processes' },
  { path: '/console/profiles', text: 'Profiles, in the order', name: 'profiles' },
  { path: '/console/tokens', text: 'night script', name: 'tokens' },
]

let stack: Stack
/** Of one operator, who stays signed in from test to test. */
let page: Page
let ada: Operator
/** The miner who has found the block, and a machine of his that stays connected. */
let garage: string
let rig: StratumClient | undefined

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(400_000)
  stack = await startStack({
    PAYOUT_EVERY_MINUTES: '44640',
    PAYOUT_APPROVAL_ABOVE_SATS: '1',
    PAYOUT_SIGNING: 'operator',
  })
  page = await (await browser.newContext()).newPage()
  garage = await stack.rpc<string>('getnewaddress')
  PAGES.push({ path: `/console/miners/${garage}`, text: 'test rig/1', name: 'miner' })
  await findBlock(stack, garage, 'garage')
  await stack.rpc('generatetoaddress', [COINBASE_MATURITY, await stack.rpc<string>('getnewaddress')])
})
test.afterAll(async () => {
  await rig?.close()
  await page.context().close()
  expect(await stack.stop()).toBe(0)
})

test('an operator follows his link to a password, one-time codes and recovery codes', async () => {
  await page.goto(`${stack.webUrl}/console/payouts`)
  await expect(page).toHaveURL(`${stack.webUrl}/console/sign-in`)
  await expectAccessible(page)
  await shoot(page, 'console-sign-in')

  const link = await inviteOperator(stack, 'bea', 'viewer')
  await page.goto(link)
  const code = page.getByLabel('Code of your link')
  await expect(code).toHaveValue(new URL(link).hash.slice(1))
  expect(page.url()).not.toContain('#')
  await page.getByLabel('Your new password').fill('aaaaaaaaaaaaaaaa')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert').getByText('too easy to guess')).toBeVisible()
  await expectAccessible(page)
  await shoot(page, 'console-enrol')
  // What the link brought along is still there.
  await setPassword(page)
  await page.getByRole('textbox', { name: 'One-time code' }).fill('000000')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('alert').getByText('That is not right')).toBeVisible()
  await expectAccessible(page)
  await shoot(page, 'console-second-factor')
  // Half in is not in.
  await page.goto(`${stack.webUrl}/console`)
  await expect(page).toHaveURL(`${stack.webUrl}/console/second-factor`)

  ada = await enrolOperator(page, stack, 'ada')
  await page.goto(`${stack.webUrl}/console/audit`)
  const actions = page.getByRole('list', { name: 'Actions' }).getByRole('listitem')
  await expect(actions.filter({ hasText: 'operator ada' }).filter({ hasText: 'operators.add' })).toHaveText(
    /^command: .*done/,
  )
})

test('he signs in with his password and a code, and a recovery code takes its place once', async () => {
  await signOut(page)
  await page.getByLabel('Name or e-mail address').fill('ada')
  await page.getByLabel('Password').fill('four short pines')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert').getByText('do not belong together')).toBeVisible()
  await expect(page.getByLabel('Name or e-mail address')).toHaveValue('ada')

  await showPassword(page, stack, 'ada')
  await showCode(page, ada.recoveryCodes[0]!)
  await expect(page.getByRole('heading', { level: 1, name: 'Console' })).toBeVisible()
  await signOut(page)
  await showPassword(page, stack, 'ada')
  await showCode(page, ada.recoveryCodes[0]!)
  await expect(page.getByRole('alert').getByText('or was used already')).toBeVisible()
  await showCode(page, await ada.codes.next())
  await expect(page.getByRole('heading', { level: 1, name: 'Console' })).toBeVisible()
  const cookies = await page.context().cookies()
  expect(cookies.filter(({ name }) => name === 'headframe-console')).toMatchObject([
    { httpOnly: true, sameSite: 'Lax' },
  ])
})

/** A button that asks before it does anything. */
async function confirm(name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  await expectAccessible(page)
  await agree(name)
}

/** Says yes to what is asked; shows the second factor first where it was shown too long ago. */
async function agree(name: string): Promise<void> {
  const dialog = page.getByRole('alertdialog')
  const yes = dialog.getByRole('button', { name: `Yes: ${name.toLowerCase()}` })
  await showAgain(dialog, yes)
  await yes.click()
  await expect(dialog).toHaveCount(0)
}

/** Where the second factor was shown too long ago, it is asked for in place of `wanted`. */
async function showAgain(within: Locator, wanted: Locator): Promise<void> {
  const confirmFactor = within.getByRole('button', { name: 'Confirm' })
  await expect(wanted.or(confirmFactor)).toBeVisible()
  if (!(await confirmFactor.isVisible())) return
  await within.getByLabel('One-time code').fill(await ada.codes.next())
  await confirmFactor.click()
}

/** What waits for a signature is taken out, signed where the keys are, and brought back. */
async function signElsewhere(): Promise<void> {
  const download = page.waitForEvent('download')
  await confirm('Export for signing')
  const file = await download
  expect(file.suggestedFilename()).toBe('payout-1-version-1.psbt')
  const psbt = (await readFile(await file.path())).toString('base64')
  await expect(page.getByLabel('The PSBT that is to be signed', { exact: true })).toHaveValue(psbt)
  await page.getByRole('button', { name: 'Import signatures', exact: true }).click()
  const dialog = page.getByRole('alertdialog')
  const yes = dialog.getByRole('button', { name: 'Yes: import signatures' })
  await showAgain(dialog, yes)
  await expect(yes).toBeDisabled()
  await dialog.getByLabel('The signed PSBT, base64').fill(psbt)
  await yes.click()
  await expect(dialog.getByRole('alert')).toContainText('Signatures are missing')
  await expectAccessible(page)
  await shoot(page, 'console-import')
  const signed = await stack.rpc<{ readonly psbt: string }>('walletprocesspsbt', [psbt])
  const buffer = Buffer.from(signed.psbt, 'base64')
  const mimeType = 'application/octet-stream'
  await dialog.getByLabel('or its file').setInputFiles({ name: 'signed.psbt', mimeType, buffer })
  await expect(dialog.getByLabel('The signed PSBT, base64')).toHaveValue(signed.psbt)
  await yes.click()
  await expect(dialog).toHaveCount(0)
}

test('he has payouts planned, approves one and signs it elsewhere, pauses and resumes, all of it on record', async () => {
  test.setTimeout(400_000)
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Payouts' }).click()
  await confirm('Plan payouts now')
  await page.getByRole('link', { name: 'Payout 1' }).click()
  await expect(page.getByRole('table', { name: 'Whom it pays' }).getByRole('row')).toHaveCount(2)
  await confirm('Approve')
  const steps = page.getByRole('list', { name: 'Steps' })
  await expect(steps.locator('[aria-current=step]')).toHaveText(/^funded/)
  expect(await stack.rpc<string[]>('getrawmempool')).toEqual([])
  await signElsewhere()
  await expect(steps.locator('[aria-current=step]')).toHaveText(/^broadcast/)
  await expect(page.getByText('approved by ada')).toBeVisible()
  expect(await stack.rpc<string[]>('getrawmempool')).toHaveLength(1)
  await confirm('Raise the fee')
  await expect(page.getByRole('table', { name: 'Transactions' }).getByRole('row')).toHaveCount(3)

  await page.goto(`${stack.webUrl}/console/payouts`)
  await page.getByRole('button', { name: 'Pause payouts' }).click()
  await expect(page.getByRole('button', { name: 'Yes: pause payouts' })).toBeDisabled()
  await page.getByLabel('Why?').fill('the wallet moves')
  await page.getByRole('button', { name: 'Yes: pause payouts' }).click()
  await expect(page.getByText('Paused by ada: the wallet moves')).toBeVisible()
  await page.goto(`${stack.webUrl}/console`)
  await expect(page.getByRole('link', { name: 'Payouts are paused by ada' })).toBeVisible()
  await page.goto(`${stack.webUrl}/console/payouts`)
  await confirm('Resume payouts')

  await page.goto(`${stack.webUrl}/console/audit`)
  const actions = page.getByRole('list', { name: 'Actions' }).getByRole('listitem')
  for (const action of ['plan', 'approve', 'export', 'bump', 'pause', 'resume'])
    await expect(actions.filter({ hasText: `payouts.${action}` })).toHaveText(/^ada.*done/)
  // Asked twice: what came of each stands with the requests.
  await expect(actions.filter({ hasText: 'payouts.import' })).toHaveText([/^ada.*done/, /^ada.*done/])
  await page.getByLabel('Kind').selectOption('Signing in')
  await expect(actions.filter({ hasText: 'payouts.' })).toHaveCount(0)
})

test('he asks the wallet: how a payout stands, and whether it agrees with the books', async () => {
  const requests = page.getByRole('list', { name: 'Requests' }).getByRole('listitem')
  await page.goto(`${stack.webUrl}/console/payouts/1`)
  await expect(requests).toHaveText([
    /^Import signatures.*by ada.*done.*Payout 1 is signed/,
    /^Import signatures.*by ada.*refused.*Signatures are missing/,
  ])
  await confirm('Try again now')
  await expect(requests.first()).toContainText(/Try again.*by ada.*done.*Payout 1 is/)
  await page.goto(`${stack.webUrl}/console/payouts`)
  await confirm('Reconcile')
  await expect(requests.first()).toContainText(/Reconcile.*by ada.*done/)
  const books = page.getByRole('region', { name: 'Wallet and books' })
  await expect(books.getByText('In the wallet', { exact: true })).toBeVisible()
  await shoot(page, 'console-reconciled')

  await page.getByRole('button', { name: 'Change what needs approval' }).click()
  await page.getByRole('alertdialog').getByLabel('BTC').fill('0.5')
  await page.getByRole('button', { name: 'Yes: change what needs approval' }).click()
  // The setting says less.
  await expect(page.getByText('needs approval, as the setting says')).toBeVisible()
  await books.getByRole('button', { name: 'Declare a transaction' }).last().click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByLabel('Id of the transaction').fill('a'.repeat(64))
  await dialog.getByLabel('What was it?').fill('coins of the operator')
  await dialog.getByRole('button', { name: 'Yes: declare a transaction' }).click()
  await expect(dialog).toHaveCount(0)
  await page.goto(`${stack.webUrl}/console/audit`)
  const actions = page.getByRole('list', { name: 'Actions' }).getByRole('listitem')
  for (const action of ['retry', 'reconcile', 'set-approval-above', 'declare'])
    await expect(actions.filter({ hasText: `payouts.${action}` })).toHaveText(/^ada.*done/)
})

/** A machine that authorizes for `garage`, and submits nothing. */
async function connect(workerName: string): Promise<StratumClient> {
  const userAgent = `test ${workerName}/1`
  const client = await StratumClient.connect({ host: '127.0.0.1', port: stack.stratumPort, userAgent })
  await client.subscribe()
  await client.authorize(`${garage}.${workerName}`)
  return client
}

/** A pool without work sends its miners away, as where its node is too busy to answer; each comes back by itself. */
async function comeBack(): Promise<void> {
  if (rig?.isOpen === true) return
  await expect(async () => {
    rig = await connect('rig')
  }).toPass()
}

/** Changes a setting of the running pool, which stands on the page of settings. */
async function change(title: string, value: string): Promise<void> {
  await page.goto(`${stack.webUrl}/console/settings`)
  const setting = page.getByRole('listitem').filter({ hasText: title })
  await setting.getByRole('button', { name: 'Change', exact: true }).click()
  const dialog = page.getByRole('alertdialog')
  const yes = dialog.getByRole('button', { name: 'Yes: change' })
  await showAgain(dialog, yes)
  await expect(yes).toBeDisabled()
  await dialog.getByLabel('From now on').fill(value)
  await yes.click()
  await expect(dialog).toHaveCount(0)
  await expect(setting.getByText(value, { exact: true })).toBeVisible()
}

test('he sees who mines, and tells all of them something', async () => {
  rig = await connect('rig')
  const said = once(rig, 'message')
  await change('Message to miners', 'maintenance at ten')
  expect(await said).toEqual(['maintenance at ten'])
  await change('Announcement on the pages', 'Maintenance on Sunday, 10:00 UTC')
  await page.goto(stack.webUrl)
  await expect(page.getByText('Maintenance on Sunday, 10:00 UTC').first()).toBeVisible()
  await expectAccessible(page)
  await shoot(page, 'announcement')
  await page.goto(`${stack.webUrl}/console/settings`)
  const announcement = page.getByRole('listitem').filter({ hasText: 'Announcement on the pages' })
  await announcement.getByRole('button', { name: 'Back to the environment' }).click()
  await agree('Back to the environment')
  // A page that is open asks once a minute; one that is opened shows what has been so for two seconds.
  await expect(async () => {
    await page.goto(stack.webUrl)
    await expect(page.getByText('Maintenance on Sunday')).toHaveCount(0, { timeout: 1_000 })
  }).toPass()

  await page.goto(`${stack.webUrl}/console/miners`)
  await page.getByLabel('Address, worker, label, or IP address').fill('garage')
  await page.getByRole('table', { name: 'All miners' }).getByRole('link').click()
  await expect(page.getByRole('region', { name: 'Account' })).toBeVisible()
  await expect(page).toHaveURL(`${stack.webUrl}/console/miners/${garage}`)
  const open = page.getByRole('region', { name: 'Sessions open now' })
  await expect(open.getByRole('row').filter({ hasText: 'test rig/1' })).toHaveCount(1)
})

test('he ends a session, and keeps an address out', async () => {
  const other = await connect('other')
  const closed = once(other, 'close')
  await page.goto(`${stack.webUrl}/console/sessions`)
  await page.getByLabel('Address, worker, client or IP address').fill('TEST OTHER')
  await expect(page.getByRole('table', { name: 'Open sessions' }).getByRole('row')).toHaveCount(2)
  await confirm('Disconnect')
  await closed
  await expect(page.getByText('No open session has this in it')).toBeVisible()
  expect(rig?.isOpen).toBe(true)

  await page.goto(`${stack.webUrl}/console/bans?address=192.0.2.91`)
  await page.getByLabel('Why?').fill('floods us')
  await confirm('Ban an address')
  await expect(page.getByRole('cell', { name: 'console: ada' })).toBeVisible()
  await page.goto(`${stack.webUrl}/console/audit`)
  const actions = page.getByRole('list', { name: 'Actions' }).getByRole('listitem')
  for (const action of ['sessions.disconnect', 'bans.ban', 'settings.reset'])
    await expect(actions.filter({ hasText: action })).toHaveText(/^ada.*done/)
  await expect(actions.filter({ hasText: 'settings.change' })).toHaveText([/^ada.*done/, /^ada.*done/])
})

test('he chooses what the operators are told of, and where', async () => {
  await page.goto(`${stack.webUrl}/console/alerts`)
  const channels = page.getByRole('region', { name: 'Channels' })
  await channels.getByLabel('Kind').selectOption('webhook')
  await channels.getByLabel('What you call it').fill('night shift')
  await channels.getByLabel('URL, https://').fill('https://hook.example.org/pool')
  await channels.getByRole('button', { name: /^Add it/ }).click()
  await expect(channels.getByLabel('Secret', { exact: true })).toHaveValue(/^whsec_/)
  await expect(channels.getByText('waits for its code')).toBeVisible()
  await channels.getByLabel('Code that night shift was sent').fill('00000000')
  await channels.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('alert').filter({ hasText: /code/i })).toBeVisible()
  const rule = page.getByRole('region', { name: 'What you are told' }).getByRole('checkbox').first()
  const wasOn = await rule.isChecked()
  await rule.click()
  await expect(rule).toBeChecked({ checked: !wasOn })
  const wishes = page.getByRole('region', { name: 'When you are told' })
  await wishes.getByLabel('Time zone').fill('Europe/Vienna')
  const saved = page.waitForResponse(/saveWishes/)
  await wishes.getByRole('button', { name: 'Save' }).click()
  await saved
  await page.reload()
  await expect(wishes.getByLabel('Time zone')).toHaveValue('Europe/Vienna')
})

test('he says which clients get which profile, and sees first whom he means', async () => {
  await page.goto(`${stack.webUrl}/console/profiles`)
  const rules = page.getByRole('region', { name: /^Rules/ })
  await rules.getByLabel('Clients whose user agent fits').fill('*CANARY*')
  await expect(rules.getByText(/sessions? would go by it/)).toBeVisible()
  await rules.getByLabel('Get the profile').selectOption('esp-miner')
  await confirm('Add a rule')
  const made = rules.getByRole('table', { name: 'Rules' }).getByRole('row').filter({ hasText: '*canary*' })
  await expect(made).toContainText(/esp-miner.*by ada/)
  await expect(rules.getByText('Every stratum process goes by what stands here')).toBeVisible()
  // Whoever is here keeps what he has.
  await expect(page.getByText('esp-miner when it reconnects')).toBeVisible()
})

test('he makes a token for a program, which reads the console and moves no money', async () => {
  await page.goto(`${stack.webUrl}/console/tokens`)
  const tokens = page.getByRole('region', { name: 'API tokens' })
  const makeToken = async (name: string): Promise<string> => {
    const field = tokens.getByLabel('Name of the token')
    await showAgain(tokens, field)
    await field.fill(name)
    await tokens.getByRole('checkbox', { name: /operator:write/ }).check()
    await tokens.getByRole('button', { name: 'Make a token' }).click()
    await expect(tokens.getByText(name).first()).toBeVisible()
    return tokens.getByLabel('Token', { exact: true }).inputValue()
  }
  await makeToken('night script')
  const token = await makeToken('lost script')
  const call = (method: 'get' | 'post', path: string) =>
    page.request[method](`${stack.webUrl}/api/v1/console/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    })
  expect(await (await call('get', 'me')).json()).toMatchObject({ name: 'ada', role: 'admin' })
  expect((await call('post', 'payouts/1/approve')).status()).toBe(403)
  await tokens.getByRole('button', { name: 'Revoke lost script' }).click()
  await tokens.getByRole('button', { name: 'Revoke lost script for good' }).click()
  await expect.poll(async () => (await call('get', 'me')).status()).toBe(401)
})

test('whoever may only look is offered nothing that changes anything', async ({ browser }) => {
  const context = await browser.newContext()
  const viewer = await context.newPage()
  await enrolOperator(viewer, stack, 'vic', 'viewer')
  await viewer.goto(`${stack.webUrl}/console/payouts`)
  await expect(viewer.getByRole('link', { name: 'Payout 1', exact: true })).toBeVisible()
  await expect(viewer.getByRole('button', { name: /payouts/ })).toHaveCount(0)
  await context.close()
})

/** Every page, as wide as the window of `of` is. */
async function look(of: Page, width: string): Promise<void> {
  for (const { path, text, name } of PAGES) {
    await of.goto(stack.webUrl + path)
    await expect(of.getByText(text).first()).toBeVisible()
    await expectAccessible(of)
    await expectFits(of, `${name} on ${width}`)
    await shoot(of, `console-${name}-${width}`)
  }
}

test('a passkey is the second factor of whoever makes one by his link, and the last one stays', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  // No passkey is bound to a number.
  const site = { ...stack, webUrl: stack.webUrl.replace('127.0.0.1', 'localhost') }
  const context = await browser.newContext()
  const own = await context.newPage()
  const remove = await addAuthenticator(own)
  await own.goto(await inviteOperator(site, 'pat', 'viewer'))
  await setPassword(own)
  await own.getByRole('button', { name: 'Use a passkey instead' }).click()
  await readRecoveryCodes(own)
  await own.getByRole('link', { name: /open the console/ }).click()
  await signOut(own)
  await showPassword(own, site, 'pat')
  await own.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(own.getByRole('heading', { level: 1, name: 'Console' })).toBeVisible()

  await own.goto(`${site.webUrl}/console/account`)
  const passkeys = own.getByRole('region', { name: 'Passkeys' })
  await expect(passkeys.getByText('Your only second factor')).toBeVisible()
  const dialog = own.getByRole('alertdialog')
  const add = async (name: string) => {
    await passkeys.getByRole('button', { name: 'Add a passkey' }).click()
    await dialog.getByLabel('What you call it').fill(name)
    await dialog.getByRole('button', { name: 'Yes: add a passkey' }).click()
  }
  await add('the same again')
  await expect(dialog.getByText('That device has a passkey of yours already.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Leave it as it is' }).click()
  await remove()
  await addAuthenticator(own)
  await add('a key in the drawer')
  const items = passkeys.getByRole('listitem')
  await expect(items).toHaveCount(2)
  await items.first().getByRole('button', { name: 'Remove the passkey' }).click()
  await dialog.getByRole('button', { name: 'Yes: remove the passkey' }).click()
  await expect(items).toHaveCount(1)
  await expect(items).toHaveText(/^a key in the drawer.*Your only second factor$/)

  // One-time codes beside it: then either may go.
  const oneTimeCodes = own.getByRole('region', { name: 'One-time codes' })
  await oneTimeCodes.getByRole('button', { name: 'Set up one-time codes' }).click()
  const secret = await dialog.getByLabel('The same as text', { exact: true }).inputValue()
  await expectAccessible(own)
  await shoot(own, 'console-one-time-codes')
  await dialog.getByLabel('Code that the app shows').fill(await new OneTimeCodes(secret).next())
  await dialog.getByRole('button', { name: 'Yes: set up one-time codes' }).click()
  await expect(items.getByRole('button', { name: 'Remove the passkey' })).toBeVisible()
  await expectAccessible(own)
  await shoot(own, 'console-account-both')
  await oneTimeCodes.getByRole('button', { name: 'Remove one-time codes' }).click()
  await dialog.getByRole('button', { name: 'Yes: remove one-time codes' }).click()
  await expect(items).toHaveText(/Your only second factor$/)
  await context.close()
})

test('on his own page he ends a session, makes new recovery codes and changes his password', async ({
  browser,
}) => {
  const context = await browser.newContext()
  const other = await context.newPage()
  await showPassword(other, stack, 'ada')
  await showCode(other, ada.recoveryCodes[1]!)
  await expect(other.getByRole('heading', { level: 1, name: 'Console' })).toBeVisible()

  await page.goto(`${stack.webUrl}/console`)
  await page.getByRole('link', { name: /^Your account/ }).click()
  const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
  await expect(sessions.first()).toContainText('Chrome on Linux')
  await sessions.first().getByRole('button').click()
  await agree('Sign that browser out')
  await other.reload()
  await expect(other.getByRole('heading', { name: 'Sign in to the console' })).toBeVisible()

  await expect(page.getByText('8 left.')).toBeVisible()
  await confirm('Make new recovery codes')
  const renewed = await readRecoveryCodes(page)
  await expect(page.getByText('10 left.')).toBeVisible()
  await page.getByRole('button', { name: 'Change your password' }).click()
  await page.getByLabel('The password that you have').fill(PASSWORD)
  await page.getByLabel('Your new password').fill('a heron waits in the reeds')
  await agree('Change your password')
  await expect(page.getByText('Changed. Your other browsers are signed out.')).toBeVisible()

  await other.getByLabel('Name or e-mail address').fill('ada')
  await other.getByLabel('Password').fill('a heron waits in the reeds')
  await other.getByRole('button', { name: 'Continue' }).click()
  await showCode(other, renewed[0]!)
  await expect(other.getByRole('heading', { level: 1, name: 'Console' })).toBeVisible()
  await context.close()
})

test('a page of another site can do nothing in his name', async () => {
  await page.goto(`${stack.webUrl}/console`)
  const post = (headers: Record<string, string>, path = '/api/trpc/consoleAccount.endOtherSessions') =>
    page.request.post(stack.webUrl + path, {
      headers: { 'content-type': 'application/json', ...headers },
      data: {},
    })
  for (const headers of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    expect((await post(headers)).status()).toBe(403)
    // The forms that sign in and out.
    for (const path of ['/console', '/console/sign-in', '/console/second-factor'])
      expect((await post(headers, path)).status()).toBe(403)
  }
  expect((await post({ origin: stack.webUrl })).status()).toBe(200)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Console' })).toBeVisible()
})

test('every page of the console stands on a desktop, and axe finds nothing wrong with it', async () => {
  test.setTimeout(400_000)
  await comeBack()
  await look(page, 'desktop')
})

test('every page of the console stands on a phone', async ({ browser }) => {
  test.setTimeout(400_000)
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } })
  await phone.addCookies(await page.context().cookies())
  await comeBack()
  await look(await phone.newPage(), 'phone')
  await phone.close()
})
