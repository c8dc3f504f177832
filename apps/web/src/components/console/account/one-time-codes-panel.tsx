import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { startOneTimeCodes } from '../../../server/operators/sign-in-forms'
import { useTRPC } from '../../../trpc/client'
import { CopyField } from '../../copy-field'
import { Field } from '../../form/field'
import { Notice } from '../../notice'
import { Panel } from '../../panel'
import { Skeleton } from '../../skeleton'
import { ActionDialog } from '../action-dialog'
import { QrCode } from '../qr-code'
import { useMe } from '../use-me'
import type { OwnAccount } from './account-console'

/** One-time codes of an authenticator app: set up by whoever has a passkey alone, and removed by whoever has both. */
export function OneTimeCodesPanel({
  account: { hasOneTimeCodes, passkeys },
}: {
  readonly account: OwnAccount
}) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries(trpc.consoleAccount.pathFilter())
  const remove = useMutation(trpc.consoleAccount.removeOneTimeCodes.mutationOptions({ onSuccess }))
  return (
    <Panel title="One-time codes">
      <div className="grid justify-items-start gap-4">
        <p className="text-quiet">
          {hasOneTimeCodes
            ? 'The codes that your authenticator app shows let you in.'
            : 'None yet. Codes of an authenticator app let you in where your passkey is not at hand.'}
        </p>
        {!hasOneTimeCodes && <SetUp onSuccess={onSuccess} />}
        {hasOneTimeCodes && passkeys.length === 0 && (
          <span className="text-faint text-sm">Your only second factor</span>
        )}
        {hasOneTimeCodes && passkeys.length > 0 && (
          <ActionDialog action="account.remove-one-time-codes" run={() => remove.mutateAsync()}>
            <p>What your authenticator app shows lets nobody in any more. It cannot be taken back.</p>
          </ActionDialog>
        )}
      </div>
    </Panel>
  )
}

function SetUp({ onSuccess }: { readonly onSuccess: () => Promise<void> }) {
  const trpc = useTRPC()
  const { isFresh } = useMe()
  const [code, setCode] = useState('')
  const add = useMutation(trpc.consoleAccount.addOneTimeCodes.mutationOptions({ onSuccess }))

  async function confirm(): Promise<void> {
    await add.mutateAsync({ code })
    setCode('')
  }
  return (
    <ActionDialog action="account.add-one-time-codes" isReady={code.trim() !== ''} run={confirm}>
      <p>
        Scan this with an authenticator app, and type the code that it shows. From then on it lets you in.
      </p>
      {isFresh && <Proposed code={code} onType={setCode} />}
    </ActionDialog>
  )
}

interface ProposedProps {
  readonly code: string
  readonly onType: (code: string) => void
}

/** A new secret whenever it comes into sight, and no other before it is out of sight: his app has this one. */
function Proposed({ code, onType }: ProposedProps) {
  const { data } = useQuery({
    queryKey: ['a secret for one-time codes'],
    queryFn: startOneTimeCodes,
    staleTime: 'static',
    gcTime: 0,
    retry: false,
  })
  if (data === undefined) return <Skeleton className="h-72" />
  if (typeof data === 'string') return <Notice tone="wrong" title={data} role="alert" />
  return (
    <>
      <QrCode squares={data.squares} label="The secret for an authenticator app" />
      <CopyField label="The same as text" value={data.secret} />
      <Field
        label="Code that the app shows"
        value={code}
        onChange={(event) => onType(event.currentTarget.value)}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={10}
        className="font-mono"
      />
    </>
  )
}
