import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

/** Where whoever wants to look at the pages has them drawn; nowhere by default. */
const shots = process.env['PAGE_SHOTS']

/** Draws the page as it stands, in light and in dark, where somebody wants to look at it. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return
  await mkdir(shots, { recursive: true })
  const size = page.viewportSize()!
  // What is far below the window is not drawn on a phone.
  const height = await page.evaluate<number>('document.documentElement.scrollHeight')
  await page.setViewportSize({ width: size.width, height })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`), fullPage: true })
  }
  await page.emulateMedia({ colorScheme: null })
  await page.setViewportSize(size)
}
