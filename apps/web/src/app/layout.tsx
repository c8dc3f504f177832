import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { ClockProvider } from '../clock/clock'
import { AnnouncementBand } from '../components/site/announcement-band'
import { SiteFooter } from '../components/site/site-footer'
import { SiteHeader } from '../components/site/site-header'
import { StaleBanner } from '../components/site/stale-banner'
import { SyntheticBand } from '../components/site/synthetic-band'
import { LiveProvider } from '../live/live-provider'
import { readAnnouncement } from '../server/announcement'
import { poolSettings } from '../server/context'
import { serverContext } from '../server/runtime'
import { THEME_COOKIE, themeOf } from '../theme/theme'
import { ApiProvider } from '../trpc/client'
import './globals.css'

/** Every page is rendered when it is asked for: it carries numbers of that moment, and a nonce. */
export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: { default: 'Headframe mining pool', template: '%s · Headframe' },
  description: 'An open Bitcoin mining pool whose numbers anyone can check.',
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#eceeea' },
    { media: '(prefers-color-scheme: dark)', color: '#0c1110' },
  ],
}

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const context = serverContext()
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value)
  // Only what kind of pool it is hangs on it; what is wrong with the database, the page itself says.
  const settings = await poolSettings(context).catch(() => undefined)
  const announced = await readAnnouncement(context).catch(() => null)
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme}>
      <body className="flex min-h-dvh flex-col">
        <a
          href="#main"
          className="bg-copper text-on-copper sr-only z-40 rounded px-4 py-2 focus:not-sr-only focus:absolute focus:top-3 focus:left-3"
        >
          Skip to the content
        </a>
        <ClockProvider renderedAtMs={context.nowMs()}>
          <ApiProvider>
            <LiveProvider>
              {settings?.isSynthetic === true && <SyntheticBand />}
              <AnnouncementBand announced={announced} />
              <SiteHeader network={settings?.network} theme={theme} />
              <main
                id="main"
                tabIndex={-1}
                className="mx-auto w-full max-w-[76rem] flex-1 px-4 py-6 outline-none sm:px-6 sm:py-8"
              >
                {children}
              </main>
              <SiteFooter />
              <StaleBanner />
            </LiveProvider>
          </ApiProvider>
        </ClockProvider>
      </body>
    </html>
  )
}
