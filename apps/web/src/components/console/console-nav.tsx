'use client'

import clsx from 'clsx'
import { Menu } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { signOut } from '../../server/operators/sign-in-forms'

/** The pages of the console, in the order of what is looked for at night. */
const PAGES = [
  { href: '/console', name: 'Overview' },
  { href: '/console/payouts', name: 'Payouts' },
  { href: '/console/nodes', name: 'Nodes' },
  { href: '/console/processes', name: 'Processes' },
  { href: '/console/miners', name: 'Miners' },
  { href: '/console/sessions', name: 'Sessions' },
  { href: '/console/bans', name: 'Bans' },
  { href: '/console/profiles', name: 'Profiles' },
  { href: '/console/alerts', name: 'Alerts' },
  { href: '/console/settings', name: 'Settings' },
  { href: '/console/audit', name: 'Audit log' },
] as const

export function ConsoleNav({ name, role }: { readonly name: string; readonly role: string }) {
  const path = usePathname()
  return (
    <div className="border-line bg-panel mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-1 rounded border px-3 py-1 sm:px-5">
      <nav aria-label="Console" className="max-sm:grow">
        {/* On a phone the list is longer than what one came to see: it opens, and closes again with the page. */}
        <details key={path} className="sm:hidden">
          <summary className="flex min-h-11 items-center gap-2">
            <Menu size={18} aria-hidden="true" />
            {PAGES.find(({ href }) => isAt(path, href))?.name ?? 'Pages'}
          </summary>
          <Links path={path} className="grid grid-cols-2" />
        </details>
        <Links path={path} className="-mx-2 flex flex-wrap max-sm:hidden" />
      </nav>
      <form action={signOut} className="flex items-center gap-3 text-sm">
        <Link
          href="/console/account"
          aria-current={path === '/console/account' ? 'page' : undefined}
          aria-label={`Your account: ${name}, ${role}`}
          className="link flex min-h-11 items-center gap-1"
        >
          {name} <span className="text-faint">({role})</span>
        </Link>
        <button type="submit" className="link min-h-11">
          Sign out
        </button>
      </form>
    </div>
  )
}

function Links({ path, className }: { readonly path: string; readonly className: string }) {
  return (
    <ul className={className}>
      {PAGES.map(({ href, name }) => (
        <li key={href}>
          <Link
            href={href}
            aria-current={isAt(path, href) ? 'page' : undefined}
            className={clsx(
              'flex min-h-11 items-center px-2',
              isAt(path, href)
                ? 'text-ink decoration-copper underline decoration-2 underline-offset-8'
                : 'text-quiet hover:text-ink',
            )}
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function isAt(path: string, href: string): boolean {
  return href === '/console' ? path === href : path === href || path.startsWith(`${href}/`)
}
