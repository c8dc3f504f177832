'use client'

import { parseBtc } from '@headframe/core/units'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../trpc/client'
import { Amount } from '../../amount'
import { Answer } from '../../answer'
import { Field } from '../../form/field'
import { Skeleton } from '../../skeleton'
import { ActionDialog } from '../action-dialog'

/** Above which amount somebody has to agree to a payout. */
export function ApprovalAbove() {
  const query = useQuery(useTRPC().consolePayouts.approvalAbove.queryOptions({}))
  return (
    <Answer query={query} what="what needs approval" loading={<Skeleton className="h-6" />}>
      {({ inForceSats, operatorSats }) => (
        <p className="text-quiet">
          {inForceSats === undefined ? (
            'No payout needs approval.'
          ) : (
            <>
              A payout above <Amount sats={inForceSats} /> needs approval
              {operatorSats === inForceSats ? ', as an operator said.' : ', as the setting says.'}
            </>
          )}
        </p>
      )}
    </Answer>
  )
}

export function SetApprovalAbove() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [text, setText] = useState('')
  const query = useQuery(trpc.consolePayouts.approvalAbove.queryOptions({}))
  const { mutateAsync } = useMutation(
    trpc.consolePayouts.setApprovalAbove.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(),
    }),
  )
  const sats = satsOf(text)
  const settingSats = query.data?.settingSats
  return (
    <ActionDialog
      action="payouts.set-approval-above"
      isReady={sats !== undefined}
      run={() => mutateAsync({ aboveSats: sats === null || sats === undefined ? null : String(sats) })}
    >
      <p>
        A payout of more that is planned from then on waits until somebody agrees. Those that are planned
        already stay as they are.{' '}
        {settingSats === undefined ? (
          'The settings of the pool (PAYOUT_APPROVAL_ABOVE_SATS) say nothing of it.'
        ) : (
          <>
            Above <Amount sats={settingSats} /> (PAYOUT_APPROVAL_ABOVE_SATS) it is needed whatever you say
            here.
          </>
        )}
      </p>
      <Field
        label="BTC"
        value={text}
        inputMode="decimal"
        maxLength={20}
        onChange={(event) => setText(event.currentTarget.value)}
        note="Empty: as the setting says."
      />
    </ActionDialog>
  )
}

/** null: nothing was said; undefined: it is no amount. */
function satsOf(text: string): bigint | null | undefined {
  if (text.trim() === '') return null
  try {
    const sats = parseBtc(text.trim())
    return sats < 0n ? undefined : sats
  } catch {
    return undefined
  }
}
