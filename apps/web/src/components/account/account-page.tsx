'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { minerPath } from '../../my-miner/miner-path'
import { signOut } from '../../server/account/forms'
import { useTRPC } from '../../trpc/client'
import { OwnAlerts } from '../alert/alerts'
import { Answer } from '../answer'
import { Skeleton } from '../skeleton'
import { OwnTokensPanel } from '../token/tokens-panel'
import { Button } from './controls'
import { HistoryPanel } from './history-panel'
import { PayoutAddressPanel } from './payout-address-panel'
import { PrivacyPanel } from './privacy-panel'
import { SessionsPanel } from './sessions-panel'
import { ThresholdPanel } from './threshold-panel'
import { WorkersPanel } from './workers-panel'

/** What a miner has set, and may change. */
export function AccountPage({ address }: { readonly address: string }) {
  const query = useQuery(useTRPC().account.overview.queryOptions())
  return (
    <>
      <div className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-2xl">Your account</h1>
          <p className="text-quiet mt-1 font-mono text-sm wrap-anywhere" data-testid="account-address">
            {address}
          </p>
          <Link href={minerPath(address) ?? '/'} className="link mt-1 inline-block py-1 text-sm">
            Your miner&rsquo;s page
          </Link>
        </div>
        <form action={signOut}>
          <Button type="submit">Sign out</Button>
        </form>
      </div>
      <Answer query={query} what="your settings" loading={<Skeleton className="h-96" />}>
        {(overview) => (
          <div className="grid gap-4 sm:gap-6 lg:grid-cols-2">
            <ThresholdPanel threshold={overview.threshold} />
            <PayoutAddressPanel address={address} payout={overview.payoutAddress} />
            <PrivacyPanel address={address} privacy={overview.privacy} />
            <SessionsPanel />
            <WorkersPanel className="lg:col-span-2" />
            <section aria-labelledby="alerts" className="min-w-0 lg:col-span-2">
              <h2 id="alerts" className="mb-3 text-xl">
                Alerts
              </h2>
              <OwnAlerts />
            </section>
            <div className="min-w-0 lg:col-span-2">
              <OwnTokensPanel />
            </div>
            <HistoryPanel className="lg:col-span-2" />
          </div>
        )}
      </Answer>
    </>
  )
}
