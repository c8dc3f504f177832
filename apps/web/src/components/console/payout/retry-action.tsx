'use client'

import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '../../../trpc/client'
import { ActionDialog } from '../action-dialog'
import { useWalletAnswer } from './use-wallet-answer'

/** A run at once; about one payout, or (without `id`) all of them. */
export function RetryAction({ id }: { readonly id?: string }) {
  const answerOf = useWalletAnswer()
  const { mutateAsync } = useMutation(useTRPC().consolePayouts.retry.mutationOptions())
  return (
    <ActionDialog
      action="payouts.retry"
      run={async () => answerOf(await mutateAsync(id === undefined ? {} : { id }))}
    >
      <p>
        A run is made at once for all payouts, instead of within seconds: what can go on is signed and sent.
        How {id === undefined ? 'they stand' : `payout ${id} stands`} then is the answer, below.
      </p>
    </ActionDialog>
  )
}
