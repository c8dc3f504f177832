'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useState } from 'react'
import { formatCount } from '../../../format/count'
import type { AppRouter } from '../../../server/routers/root'
import { useTRPC } from '../../../trpc/client'
import { Amount } from '../../amount'
import { ActionDialog } from '../action-dialog'
import { RetryAction } from './retry-action'
import { SignActions } from './sign-actions'

export type ShownPayout = NonNullable<inferRouterOutputs<AppRouter>['consolePayouts']['one']>

/** What may be done about a payout as it stands. */
export function PayoutActions({ payout }: { readonly payout: ShownPayout }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSuccess = () => queryClient.invalidateQueries()
  const approve = useMutation(trpc.consolePayouts.approve.mutationOptions({ onSuccess }))
  const bump = useMutation(trpc.consolePayouts.bump.mutationOptions({ onSuccess }))
  const id = String(payout.id)
  const { state, awaitsApproval, bumpRequested } = payout
  return (
    <div className="flex flex-wrap gap-3">
      {state === 'planned' && awaitsApproval && (
        <ActionDialog action="payouts.approve" run={() => approve.mutateAsync({ id })}>
          <What payout={payout} />
          <p>The next run of settle makes the transaction, signs it and sends it.</p>
        </ActionDialog>
      )}
      {state === 'broadcast' && !bumpRequested && (
        <ActionDialog action="payouts.bump" run={() => bump.mutateAsync({ id })}>
          <What payout={payout} />
          <p>
            The next run sends another version of it, which spends the same coins with a higher fee. The pool
            bears the difference.
          </p>
        </ActionDialog>
      )}
      {isToBeSigned(payout) && <SignActions id={id} />}
      {state !== 'settled' && state !== 'cancelled' && <RetryAction id={id} />}
      {(state === 'planned' || state === 'funded') && <CancelPayout payout={payout} />}
    </div>
  )
}

/** Its newest transaction waits for a signature. */
function isToBeSigned({ state, versions }: ShownPayout): boolean {
  const newest = versions.at(-1)
  const isUnderWay = state === 'funded' || state === 'signed' || state === 'broadcast'
  return isUnderWay && newest !== undefined && newest.txid === undefined
}

function CancelPayout({ payout }: { readonly payout: ShownPayout }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [isNeverSigned, setNeverSigned] = useState(false)
  const cancel = useMutation(
    trpc.consolePayouts.cancel.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  )
  const isFunded = payout.state === 'funded'
  return (
    <ActionDialog
      action="payouts.cancel"
      isReady={!isFunded || isNeverSigned}
      run={() => cancel.mutateAsync({ id: String(payout.id), isNeverSigned })}
    >
      <What payout={payout} />
      <p>Nothing is paid by it; the amounts are owed as before.</p>
      {isFunded && (
        <label className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            checked={isNeverSigned}
            onChange={(event) => setNeverSigned(event.currentTarget.checked)}
            className="size-5"
          />
          No signed copy of it exists anywhere
        </label>
      )}
    </ActionDialog>
  )
}

function What({ payout: { id, totalSats, miners, feeSats } }: { readonly payout: ShownPayout }) {
  return (
    <p>
      Payout {formatCount(id)}: <Amount sats={totalSats} /> to {formatCount(miners)}{' '}
      {miners === 1 ? 'address' : 'addresses'}
      {feeSats === undefined ? (
        '; its fee is not known yet.'
      ) : (
        <>
          , for a fee of <Amount sats={feeSats} />.
        </>
      )}
    </p>
  )
}
