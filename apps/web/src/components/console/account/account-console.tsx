'use client'

import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import Link from 'next/link'
import type { AppRouter } from '../../../server/routers/root'
import { useTRPC } from '../../../trpc/client'
import { Answer } from '../../answer'
import { Panel } from '../../panel'
import { Skeleton } from '../../skeleton'
import { OneTimeCodesPanel } from './one-time-codes-panel'
import { PasskeysPanel } from './passkeys-panel'
import { PasswordPanel } from './password-panel'
import { RecoveryCodesPanel } from './recovery-codes-panel'
import { SessionsPanel } from './sessions-panel'

export type OwnAccount = inferRouterOutputs<AppRouter>['consoleAccount']['overview']

/** An operator's own page: where he is signed in, and with what. */
export function AccountConsole() {
  const trpc = useTRPC()
  const query = useQuery(trpc.consoleAccount.overview.queryOptions())
  return (
    <>
      <h1 className="mb-5 text-2xl">Your account</h1>
      <Answer query={query} what="your account" loading={<Skeleton className="h-96" />}>
        {(account) => (
          <div className="grid gap-5 lg:grid-cols-2">
            <div className="lg:col-span-2">
              <SessionsPanel account={account} />
            </div>
            <PasskeysPanel account={account} />
            <OneTimeCodesPanel account={account} />
            <RecoveryCodesPanel account={account} />
            <PasswordPanel />
            <Panel title="Tokens" className="lg:col-span-2">
              <p className="text-quiet mb-3">
                A program that works for you shows a token of yours instead of signing in.
              </p>
              <Link href="/console/tokens" className="link">
                Your tokens
              </Link>
            </Panel>
          </div>
        )}
      </Answer>
    </>
  )
}
