'use client'

import { startAuthentication } from '@simplewebauthn/browser'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { confirmWithPasskey, startPasskeyCheck } from '../../server/operators/sign-in-forms'
import { Button } from '../form/button'
import { Notice } from '../notice'

/** Shows a passkey as the second factor, and then goes on. */
export function PasskeyButton({ onShown }: { readonly onShown: () => void }) {
  const [problem, setProblem] = useState<string>()
  const [isPending, setPending] = useState(false)

  async function show(): Promise<void> {
    setPending(true)
    setProblem(await problemOfCheck())
    setPending(false)
  }
  async function problemOfCheck(): Promise<string | undefined> {
    try {
      const optionsJSON = await startPasskeyCheck()
      if (optionsJSON === undefined) return 'There is no passkey of yours.'
      const found = await confirmWithPasskey(await startAuthentication({ optionsJSON }))
      if (found === undefined) onShown()
      return found
    } catch (error) {
      return problemOfBrowser(error)
    }
  }
  return (
    <div className="grid gap-3">
      {problem !== undefined && <Notice tone="wrong" title={problem} role="alert" />}
      <Button disabled={isPending} onClick={() => void show()}>
        <KeyRound size={16} aria-hidden="true" /> Use a passkey
      </Button>
    </div>
  )
}

export function problemOfBrowser(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError') return 'The browser was told not to, or it took too long.'
  if (name === 'InvalidStateError') return 'That device has a passkey of yours already.'
  if (name === 'SecurityError')
    return 'Passkeys need a host name, and HTTPS unless it is localhost: this address has not both.'
  return 'This browser cannot use passkeys here.'
}
