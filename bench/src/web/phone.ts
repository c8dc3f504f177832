import { chromium, devices, type Browser } from '@playwright/test'
import { chromiumPath } from './env.js'

/** What a first visit of a page comes to. */
export interface FirstVisit {
  readonly paintMs: number
  /** Of scripts, as they came over the wire. */
  readonly scriptBytes: number
  readonly allBytes: number
}

const CPU_SLOWDOWN = 4
/** "Slow 4G" as Lighthouse has it: round trip, and bytes a second. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 }
const QUIET_MS = 1_000
/** A browser that has just opened a window is busy with itself, on the cores that the server needs. */
const SETTLE_MS = 1_500
/** Of a page in whole. A busy machine makes a phone that is slowed down slower still; what is measured comes long before. */
const LOAD_TIMEOUT_MS = 180_000

export function openPhone(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
}

/** Opens a page as somebody does who was never there: nothing is cached. */
export async function visitFirst(browser: Browser, url: string): Promise<FirstVisit> {
  const context = await browser.newContext(devices['Pixel 7'])
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.setCacheDisabled', { cacheDisabled: true })
    await session.send('Network.emulateNetworkConditions', SLOW_4G)
    await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
    await page.waitForTimeout(SETTLE_MS)
    const scripts = new Set<string>()
    const bytes = { scripts: 0, all: 0 }
    session.on(
      'Network.responseReceived',
      ({ requestId, type }) => type === 'Script' && scripts.add(requestId),
    )
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      bytes.all += encodedDataLength
      if (scripts.has(requestId)) bytes.scripts += encodedDataLength
    })
    const answer = await page.goto(url, { waitUntil: 'load', timeout: LOAD_TIMEOUT_MS })
    if (answer?.status() !== 200) throw new Error(`${answer?.status()} for ${url}`)
    const paint = await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    )
    await page.waitForTimeout(QUIET_MS)
    return { paintMs: (await paint.jsonValue())!, scriptBytes: bytes.scripts, allBytes: bytes.all }
  } finally {
    await context.close()
  }
}
