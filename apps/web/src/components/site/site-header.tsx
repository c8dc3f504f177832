import Link from 'next/link'
import type { Theme } from '../../theme/theme'
import { ThemeButton } from '../../theme/theme-button'
import { Mark } from '../mark'
import { LiveLamp } from './live-lamp'
import { SiteNav } from './site-nav'
import { SiteSearch } from './site-search'

interface SiteHeaderProps {
  /** Named when its coins have no value. */
  readonly network: string | undefined
  readonly theme: Theme
}

export function SiteHeader({ network, theme }: SiteHeaderProps) {
  return (
    <header className="border-edge/60 border-b">
      <div className="mx-auto flex max-w-[76rem] flex-wrap items-center gap-x-2 gap-y-1 px-4 pt-3 pb-3 sm:gap-x-8 sm:px-6">
        <div className="flex items-center gap-2.5">
          <Link href="/" className="flex items-center gap-2.5">
            <Mark size={30} />
            <span className="text-[1.1875rem] font-semibold tracking-[-0.03em]">Headframe</span>
          </Link>
          {network !== undefined && network !== 'mainnet' && (
            <span
              title="Coins of this network have no value"
              className="border-ochre/60 text-ochre rounded border px-1.5 py-0.5 text-xs leading-none"
            >
              {network}
            </span>
          )}
        </div>
        <SiteNav />
        <div className="ml-auto flex items-center gap-1 max-lg:order-2">
          <LiveLamp />
          <ThemeButton initial={theme} />
        </div>
        <SiteSearch />
      </div>
    </header>
  )
}
