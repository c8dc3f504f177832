'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useMyMiner } from '../../my-miner/my-miner'

const PAGES = [
  { href: '/', name: 'Pool' },
  { href: '/miners', name: 'Miners' },
  { href: '/blocks', name: 'Blocks' },
  { href: '/payouts', name: 'Payouts' },
  { href: '/best-shares', name: 'Best shares' },
  { href: '/connect', name: 'Connect' },
  { href: '/status', name: 'Status' },
] as const

export function SiteNav() {
  const path = usePathname()
  const myMiner = useMyMiner()
  const mine = myMiner === undefined ? undefined : `/miners/${myMiner}`
  return (
    <nav aria-label="Pages" className="max-lg:order-3 max-lg:w-full">
      <ul className="-mx-1.5 flex flex-wrap sm:-mx-2.5">
        {PAGES.map(({ href, name }) => (
          <NavItem key={href} href={href} name={name} isHere={isAt(path, href) && path !== mine} />
        ))}
        {mine !== undefined && <NavItem href={mine} name="My miner" isHere={path === mine} />}
      </ul>
    </nav>
  )
}

interface NavItemProps {
  readonly href: string
  readonly name: string
  readonly isHere: boolean
}

function NavItem({ href, name, isHere }: NavItemProps) {
  return (
    <li>
      <Link
        href={href}
        aria-current={isHere ? 'page' : undefined}
        className={clsx(
          'block px-1.5 py-2 sm:px-2.5',
          isHere
            ? 'text-ink decoration-copper underline decoration-2 underline-offset-8'
            : 'text-quiet hover:text-ink',
        )}
      >
        {name}
      </Link>
    </li>
  )
}

function isAt(path: string, href: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
}
