'use client'

import { submitCode } from '../../server/operators/sign-in-forms'
import { CodeForm } from './code-form'
import { codeWords } from './code-words'
import { PasskeyButton } from './passkey-button'

interface SecondFactorStepProps {
  readonly hasPasskey: boolean
  readonly hasCodes: boolean
}

/** The second half of signing in: a code, or a passkey. */
export function SecondFactorStep({ hasPasskey, hasCodes }: SecondFactorStepProps) {
  return (
    <div className="grid gap-5">
      {hasPasskey && <PasskeyButton onShown={() => window.location.assign('/console')} />}
      <CodeForm action={submitCode} {...codeWords(hasCodes)} />
    </div>
  )
}
