import { expect, type Page } from '@playwright/test'
import { OneTimeCodes } from './one-time-codes.js'
import type { Stack } from './stack.js'

export const PASSWORD = 'four tall pines and a lake'

/** Somebody who has followed his link. */
export interface Operator {
  readonly name: string
  readonly codes: OneTimeCodes
  readonly recoveryCodes: readonly string[]
}

/** Makes an operator by the command; the link that it prints, at the address under which the test opens the pool. */
export async function inviteOperator(stack: Stack, name: string, role = 'admin'): Promise<string> {
  const said = await stack.operators('add', name, `${name}@pool.example`, '--role', role)
  const { pathname, hash } = new URL(/http:\/\/\S+/.exec(said)![0])
  return stack.webUrl + pathname + hash
}

/** Makes an operator, who follows his link to the console: password, one-time codes, recovery codes. */
export async function enrolOperator(
  page: Page,
  stack: Stack,
  name: string,
  role = 'admin',
): Promise<Operator> {
  await page.goto(await inviteOperator(stack, name, role))
  await setPassword(page)
  const codes = new OneTimeCodes(await page.getByLabel('The same as text', { exact: true }).inputValue())
  await page.getByRole('textbox', { name: 'One-time code' }).fill(await codes.next())
  await page.getByRole('button', { name: 'Confirm' }).click()
  const recoveryCodes = await readRecoveryCodes(page)
  await page.getByRole('link', { name: /open the console/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Console' })).toBeVisible()
  return { name, codes, recoveryCodes }
}

export async function setPassword(page: Page): Promise<void> {
  await page.getByLabel('Your new password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Set up your second factor' })).toBeVisible()
}

export async function readRecoveryCodes(page: Page): Promise<string[]> {
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  return codes.allInnerTexts()
}

/** As far as the page of the second factor. */
export async function showPassword(page: Page, stack: Stack, name: string): Promise<void> {
  await page.goto(`${stack.webUrl}/console`)
  await page.getByLabel('Name or e-mail address').fill(name)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Second factor' })).toBeVisible()
}

/** Out when the page of signing in is there: a page that is left before drops what was asked. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to the console' })).toBeVisible()
}

export async function showCode(page: Page, code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'One-time code' }).fill(code)
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** A device that makes passkeys and shows them without asking anybody; what it returns takes it away. */
export async function addAuthenticator(page: Page): Promise<() => Promise<void>> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return () => cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }).then(() => undefined)
}
