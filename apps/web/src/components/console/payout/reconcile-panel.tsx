'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { CircleCheck } from 'lucide-react'
import { formatCount } from '../../../format/count'
import type { AppRouter } from '../../../server/routers/root'
import { useTRPC } from '../../../trpc/client'
import { Age } from '../../age'
import { Amount } from '../../amount'
import { Answer } from '../../answer'
import { Panel } from '../../panel'
import { Reading } from '../../reading'
import { Skeleton } from '../../skeleton'
import { ActionDialog } from '../action-dialog'
import { DeclareAction } from './declare-action'
import { useWalletAnswer } from './use-wallet-answer'

type Request = inferRouterOutputs<AppRouter>['consolePayouts']['requests']['requests'][number]
type Reconciliation = NonNullable<NonNullable<Request['answer']>['reconciliation']>
type Finding = Reconciliation['findings'][number]

/** The wallet against the books and the payouts, as somebody asked last. */
export function ReconcilePanel() {
  const query = useQuery(useTRPC().consolePayouts.requests.queryOptions({}))
  return (
    <Panel title="Wallet and books">
      <div className="grid gap-4">
        <Answer query={query} what="how they were" loading={<Skeleton className="h-16" />}>
          {({ requests }) => {
            const last = requests.find(({ answer }) => answer?.reconciliation !== undefined)
            return last?.answer?.reconciliation === undefined ? (
              <p className="text-quiet">
                settle adds up the wallet every hour. What has left it and nobody knows stops payouts.
              </p>
            ) : (
              <Standing reconciliation={last.answer.reconciliation} atMs={last.askedAtMs} />
            )
          }}
        </Answer>
        <div className="flex flex-wrap gap-3">
          <Reconcile />
          <DeclareAction />
        </div>
      </div>
    </Panel>
  )
}

function Reconcile() {
  const answerOf = useWalletAnswer()
  const { mutateAsync } = useMutation(useTRPC().consolePayouts.reconcile.mutationOptions())
  return (
    <ActionDialog action="payouts.reconcile" run={async () => answerOf(await mutateAsync({}))}>
      <p>
        The wallet is asked for what it has and for all that it has ever sent, and that is held against the
        books and the payouts. Nothing is changed. With a long history it takes a while, and no payout goes on
        meanwhile.
      </p>
    </ActionDialog>
  )
}

function Standing({
  reconciliation: { walletSats, booksSats, onTheirWaySats, isWhole, findings, findingCount },
  atMs,
}: {
  readonly reconciliation: Reconciliation
  readonly atMs: number
}) {
  return (
    <>
      <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-4">
        <Reading label="In the wallet">
          <Amount sats={walletSats} />
        </Reading>
        <Reading label="On its way">
          <Amount sats={onTheirWaySats} />
        </Reading>
        <Reading label="In the books" note={isWhole ? undefined : 'of other wallets, too'}>
          <Amount sats={booksSats} />
        </Reading>
        <Reading label="Asked">
          <Age atMs={atMs} />
        </Reading>
      </dl>
      {findingCount === 0 ? (
        <p className="text-copper flex items-center gap-2 font-medium">
          <CircleCheck size={18} aria-hidden="true" /> Wallet, books and payouts agree
        </p>
      ) : (
        <ul aria-label="What differs" className="divide-line divide-y">
          {findings.map((finding) => (
            <FindingItem key={`${finding.subject} ${finding.differs}`} finding={finding} />
          ))}
          {findingCount > findings.length && (
            <li className="py-2.5">and {formatCount(findingCount - findings.length)} more</li>
          )}
        </ul>
      )}
    </>
  )
}

function FindingItem({ finding: { subject, differs, toDo, txid } }: { readonly finding: Finding }) {
  return (
    <li className="grid gap-1 py-2.5">
      <p className="wrap-anywhere">
        <span className="font-mono text-sm">{subject}</span>: {differs}
      </p>
      <p className="text-quiet text-sm wrap-anywhere">{toDo}</p>
      {txid !== undefined && (
        <div className="mt-1">
          <DeclareAction txid={txid} />
        </div>
      )}
    </li>
  )
}
