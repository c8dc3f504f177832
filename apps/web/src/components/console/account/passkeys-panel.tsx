import { startRegistration } from '@simplewebauthn/browser'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { startPasskey } from '../../../server/operators/sign-in-forms'
import { useTRPC } from '../../../trpc/client'
import { Age } from '../../age'
import { Empty } from '../../empty'
import { Field } from '../../form/field'
import { Panel } from '../../panel'
import { ActionDialog } from '../action-dialog'
import { problemOfBrowser } from '../passkey-button'
import type { OwnAccount } from './account-console'

/** His passkeys; one of them may be the last second factor, and stays then. */
export function PasskeysPanel({ account: { passkeys, hasOneTimeCodes } }: { readonly account: OwnAccount }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries(trpc.consoleAccount.pathFilter())
  const remove = useMutation(trpc.consoleAccount.removePasskey.mutationOptions({ onSuccess }))
  const isLast = passkeys.length === 1 && !hasOneTimeCodes
  return (
    <Panel title="Passkeys">
      {passkeys.length === 0 ? (
        <Empty title="None yet">
          A passkey, on this device or on a key that you plug in, takes the place of one-time codes, and no
          other site can trick you out of it.
        </Empty>
      ) : (
        <ul aria-label="Passkeys" className="divide-line divide-y">
          {passkeys.map(({ id, name, createdAtMs, lastUsedAtMs }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
              <div className="min-w-0">
                <p className="wrap-anywhere">{name}</p>
                <p className="text-faint text-sm">
                  Added <Age atMs={createdAtMs} />,{' '}
                  {lastUsedAtMs === undefined ? (
                    'never used since'
                  ) : (
                    <>
                      last used <Age atMs={lastUsedAtMs} />
                    </>
                  )}
                </p>
              </div>
              {isLast ? (
                <span className="text-faint text-sm">Your only second factor</span>
              ) : (
                <ActionDialog action="account.remove-passkey" run={() => remove.mutateAsync({ id })}>
                  <p>{name} lets nobody in any more. It cannot be taken back.</p>
                </ActionDialog>
              )}
            </li>
          ))}
        </ul>
      )}
      <div className="mt-4">
        <AddPasskey onSuccess={onSuccess} />
      </div>
    </Panel>
  )
}

function AddPasskey({ onSuccess }: { readonly onSuccess: () => Promise<void> }) {
  const trpc = useTRPC()
  const [name, setName] = useState('')
  const add = useMutation(trpc.consoleAccount.addPasskey.mutationOptions({ onSuccess }))

  async function make(): Promise<void> {
    const optionsJSON = await startPasskey()
    if (optionsJSON === undefined) throw new Error('Your session is over. Sign in again.')
    const response = await startRegistration({ optionsJSON }).catch((error: unknown) => {
      throw new Error(problemOfBrowser(error))
    })
    await add.mutateAsync({ name, response: { ...response, response: { ...response.response } } })
    setName('')
  }
  return (
    <ActionDialog action="account.add-passkey" isReady={name.trim() !== ''} run={make}>
      <p>Your browser asks you to confirm it; then it lets you in as a second factor.</p>
      <Field
        label="What you call it"
        value={name}
        maxLength={60}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}
