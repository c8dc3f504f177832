import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../trpc/client'
import { Field } from '../../form/field'
import { Panel } from '../../panel'
import { ActionDialog } from '../action-dialog'

const MIN_LENGTH = 12

/** Another password, for whoever knows the one that there is. */
export function PasswordPanel() {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [old, setOld] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation(
    trpc.consoleAccount.changePassword.mutationOptions({
      onSuccess: () => {
        setOld('')
        setNext('')
        return client.invalidateQueries(trpc.consoleAccount.pathFilter())
      },
    }),
  )
  return (
    <Panel title="Password">
      <p role="status" className="text-quiet mb-3">
        {change.isSuccess ? 'Changed. Your other browsers are signed out.' : 'You sign in with it first.'}
      </p>
      <ActionDialog
        action="account.change-password"
        isReady={old !== '' && next.length >= MIN_LENGTH}
        run={() => change.mutateAsync({ old, next })}
      >
        <p>Your other browsers are signed out.</p>
        <Field
          label="The password that you have"
          type="password"
          autoComplete="current-password"
          value={old}
          maxLength={200}
          onChange={(event) => setOld(event.currentTarget.value)}
        />
        <Field
          label="Your new password"
          type="password"
          autoComplete="new-password"
          value={next}
          maxLength={200}
          note={`At least ${MIN_LENGTH} characters.`}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
      </ActionDialog>
    </Panel>
  )
}
