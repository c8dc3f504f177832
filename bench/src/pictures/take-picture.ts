import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { devices, type Browser } from '@playwright/test'

export interface Shot {
  /** Of the file, without its ending. */
  readonly name: string
  readonly url: string
  readonly isDark?: boolean
  readonly isPhone?: boolean
  /** Of the console. */
  readonly cookie: { readonly name: string; readonly value: string }
}

/** As much of a page as tells what it is. */
const DESKTOP = { width: 1_280, height: 1_100 }
const PHONE = { ...devices['Pixel 7'], viewport: { width: 390, height: 1_000 }, deviceScaleFactor: 1 }
/** What of its size a picture is kept at: it is looked at beside text. */
const SCALE = 0.75
const QUALITIES = [80, 70, 60, 50, 40] as const
const MAX_BYTES = 80_000
/** Plots have been drawn by then, and what is live was asked for. */
const SETTLED_MS = 2_500
const LIVE_TIMEOUT_MS = 60_000

/** Takes a page's picture as WebP, as good as fits into 80 kB. Returns its size. */
export async function takePicture(browser: Browser, shot: Shot, folder: string): Promise<number> {
  const { name, url, isDark = false, isPhone = false, cookie } = shot
  const context = await browser.newContext({
    ...(isPhone ? PHONE : { viewport: DESKTOP }),
    colorScheme: isDark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  try {
    await context.addCookies([{ ...cookie, url }])
    const page = await context.newPage()
    const answer = await page.goto(url, { waitUntil: 'load' })
    if (answer?.status() !== 200) throw new Error(`${answer?.status()} for ${url}`)
    await page.getByText('Live', { exact: true }).waitFor({ timeout: LIVE_TIMEOUT_MS })
    await page.waitForTimeout(SETTLED_MS)
    const session = await context.newCDPSession(page)
    const { width, height } = page.viewportSize()!
    const clip = { x: 0, y: 0, width, height, scale: isPhone ? 1 : SCALE }
    for (const quality of QUALITIES) {
      const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality, clip })
      const bytes = Buffer.from(data, 'base64')
      if (bytes.length > MAX_BYTES) continue
      await writeFile(join(folder, `${name}.webp`), bytes)
      return bytes.length
    }
    throw new Error(`${name} does not fit into ${formatKilobytes(MAX_BYTES)}`)
  } finally {
    await context.close()
  }
}

export function formatKilobytes(bytes: number): string {
  return `${Math.round(bytes / 1_000)} kB`
}
