'use client'

import { startRegistration } from '@simplewebauthn/browser'
import { KeyRound } from 'lucide-react'
import { useActionState, useState } from 'react'
import type { ProposedTotp } from '../../server/operators/one-time-code'
import { startPasskey, submitFirstCode, submitFirstPasskey } from '../../server/operators/sign-in-forms'
import { CopyField } from '../copy-field'
import { Button } from '../form/button'
import { Field } from '../form/field'
import { Notice } from '../notice'
import { problemOfBrowser } from './passkey-button'
import { QrCode } from './qr-code'
import { RecoveryCodes } from './recovery-codes'

/** The first second factor, one of two kinds; then the recovery codes, once. */
export function SetUpSecondFactor({ proposed }: { readonly proposed: ProposedTotp }) {
  const [state, submit, isPending] = useActionState(submitFirstCode, {})
  const [byPasskey, setByPasskey] = useState<readonly string[]>()
  const recoveryCodes = state.recoveryCodes ?? byPasskey
  if (recoveryCodes !== undefined) return <RecoveryCodes codes={recoveryCodes} />
  return (
    <div className="grid gap-6">
      <section aria-label="By one-time codes" className="grid gap-4">
        <p>Scan this with an authenticator app, and type the code that it shows. Or use a passkey, below.</p>
        <QrCode squares={proposed.squares} label="The secret for an authenticator app" />
        <CopyField label="The same as text" value={proposed.secret} />
        <form action={submit} className="grid gap-4">
          {state.problem !== undefined && <Notice tone="wrong" title={state.problem} role="alert" />}
          <Field
            label="One-time code"
            name="code"
            autoComplete="one-time-code"
            inputMode="numeric"
            required
            maxLength={10}
            className="font-mono"
          />
          <Button type="submit" tone="main" disabled={isPending}>
            Confirm
          </Button>
        </form>
      </section>
      <NewPasskey onMade={setByPasskey} />
    </div>
  )
}

function NewPasskey({ onMade }: { readonly onMade: (codes: readonly string[]) => void }) {
  const [problem, setProblem] = useState<string>()

  async function make(): Promise<void> {
    try {
      const optionsJSON = await startPasskey()
      if (optionsJSON === undefined) {
        setProblem('Your link is done with. Sign in.')
        return
      }
      const made = await submitFirstPasskey(await startRegistration({ optionsJSON }))
      if (made.recoveryCodes !== undefined) onMade(made.recoveryCodes)
      setProblem(made.problem)
    } catch (error) {
      setProblem(problemOfBrowser(error))
    }
  }
  return (
    <section aria-label="By a passkey" className="border-line grid gap-3 border-t pt-5">
      {problem !== undefined && <Notice tone="wrong" title={problem} role="alert" />}
      <Button onClick={() => void make()}>
        <KeyRound size={16} aria-hidden="true" /> Use a passkey instead
      </Button>
    </section>
  )
}
