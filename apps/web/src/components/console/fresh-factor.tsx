'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { confirmWithCode } from '../../server/operators/sign-in-forms'
import { useTRPC } from '../../trpc/client'
import { Button } from '../form/button'
import { Field } from '../form/field'
import { Notice } from '../notice'
import { codeWords } from './code-words'
import { PasskeyButton } from './passkey-button'

/** Dangerous actions take a second factor that was shown minutes ago. */
export function FreshFactor({ onShown }: { readonly onShown: () => void }) {
  const { data: own } = useQuery(useTRPC().consoleAccount.overview.queryOptions())
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()

  async function show(): Promise<void> {
    const found = await confirmWithCode(code)
    setProblem(found)
    if (found === undefined) onShown()
  }
  return (
    <div className="border-line grid gap-3 border-t pt-4">
      <p>Show your second factor again first.</p>
      {problem !== undefined && <Notice tone="wrong" title={problem} role="alert" />}
      <Field
        {...codeWords(own?.hasOneTimeCodes ?? true)}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        autoComplete="one-time-code"
        maxLength={20}
        className="font-mono"
      />
      <Button tone="main" onClick={() => void show()}>
        Confirm
      </Button>
      {own?.passkeys.length !== 0 && <PasskeyButton onShown={onShown} />}
    </div>
  )
}
