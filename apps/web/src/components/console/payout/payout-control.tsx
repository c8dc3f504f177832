'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../trpc/client'
import { Age } from '../../age'
import { Answer } from '../../answer'
import { Field } from '../../form/field'
import { Lasting } from '../../lasting'
import { Notice } from '../../notice'
import { Panel } from '../../panel'
import { Skeleton } from '../../skeleton'
import { ActionDialog } from '../action-dialog'
import { ApprovalAbove, SetApprovalAbove } from './approval-above'
import { RetryAction } from './retry-action'

/** Payouts as a whole: whether they go on, and what makes them. */
export function PayoutControlPanel() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [reason, setReason] = useState('')
  const query = useQuery(trpc.pool.status.queryOptions())
  const onSuccess = () => queryClient.invalidateQueries()
  const pause = useMutation(trpc.consolePayouts.pause.mutationOptions({ onSuccess }))
  const resume = useMutation(trpc.consolePayouts.resume.mutationOptions({ onSuccess }))
  const plan = useMutation(trpc.consolePayouts.plan.mutationOptions({ onSuccess }))
  return (
    <Panel title="All payouts">
      <Answer query={query} what="payouts" loading={<Skeleton className="h-24" />}>
        {(status) => {
          if (!status.isSetUp) return <p>The pool is not set up yet.</p>
          const { paused, problem, plannedAtMs } = status.payouts
          return (
            <div className="grid gap-4">
              {problem !== undefined && (
                <Notice tone="wrong" title={`No payout goes on: ${problem.problem}`}>
                  {problem.detail}, <Lasting sinceMs={problem.sinceMs} />.
                </Notice>
              )}
              {paused === undefined ? (
                <p className="text-quiet">
                  {plannedAtMs === undefined ? (
                    'They are planned with the next run.'
                  ) : (
                    <>
                      Planned last <Age atMs={plannedAtMs} />.
                    </>
                  )}{' '}
                  What did not go on is tried again every few seconds.
                </p>
              ) : (
                <Notice tone="wait" title={`Paused by ${paused.by}: ${paused.reason}`}>
                  They have stood still <Lasting sinceMs={paused.sinceMs} />.
                </Notice>
              )}
              <ApprovalAbove />
              <div className="flex flex-wrap gap-3">
                {paused === undefined ? (
                  <ActionDialog
                    action="payouts.pause"
                    isReady={reason.trim().length >= 3}
                    run={() => pause.mutateAsync({ reason })}
                  >
                    <p>Nothing leaves the pool from then on. What is out already is followed.</p>
                    <Field
                      label="Why? Everybody reads it on the status page."
                      value={reason}
                      maxLength={300}
                      onChange={(event) => setReason(event.currentTarget.value)}
                    />
                  </ActionDialog>
                ) : (
                  <ActionDialog action="payouts.resume" run={() => resume.mutateAsync({})}>
                    <p>What is planned and due leaves the pool with the next run.</p>
                  </ActionDialog>
                )}
                <ActionDialog action="payouts.plan" run={() => plan.mutateAsync({})}>
                  <p>The next run plans payouts for whoever is due, instead of waiting for its time.</p>
                </ActionDialog>
                <RetryAction />
                <SetApprovalAbove />
              </div>
            </div>
          )
        }}
      </Answer>
    </Panel>
  )
}
