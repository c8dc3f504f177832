'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../trpc/client'
import { Field } from '../../form/field'
import { ActionDialog } from '../action-dialog'

/** What a transaction of the wallet was that is no payout; without `txid` it is asked which. */
export function DeclareAction({ txid }: { readonly txid?: string }) {
  const queryClient = useQueryClient()
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const { mutateAsync } = useMutation(
    useTRPC().consolePayouts.declare.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  )
  const id = txid ?? typed.trim().toLowerCase()
  return (
    <ActionDialog
      action="payouts.declare"
      isReady={/^[0-9a-f]{64}$/.test(id) && reason.trim().length >= 3}
      run={() => mutateAsync({ txids: [id], reason })}
    >
      <p>
        You say that what this transaction paid is in the books by now, or is nobody&rsquo;s that the pool
        owes. Payouts go on, and whatever it has paid and is still owed is paid once more. It cannot be taken
        back.
      </p>
      {txid === undefined ? (
        <Field
          label="Id of the transaction"
          value={typed}
          maxLength={80}
          onChange={(event) => setTyped(event.currentTarget.value)}
          spellCheck={false}
          className="font-mono"
        />
      ) : (
        <p className="font-mono text-sm wrap-anywhere">{txid}</p>
      )}
      <Field
        label="What was it?"
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}
