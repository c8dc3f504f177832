'use client'

import { useActionState } from 'react'
import { submitPassword } from '../../server/operators/sign-in-forms'
import { Button } from '../form/button'
import { Field } from '../form/field'
import { Notice } from '../notice'

export function PasswordForm() {
  const [state, submit, isPending] = useActionState(submitPassword, {})
  return (
    <form action={submit} className="grid gap-4">
      {state.problem !== undefined && <Notice tone="wrong" title={state.problem} role="alert" />}
      <Field
        label="Name or e-mail address"
        name="name"
        defaultValue={state.kept}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={254}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        maxLength={200}
      />
      <Button type="submit" tone="main" disabled={isPending}>
        Continue
      </Button>
    </form>
  )
}
