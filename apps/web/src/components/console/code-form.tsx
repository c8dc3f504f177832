'use client'

import { useActionState } from 'react'
import type { FormState } from '../../server/operators/sign-in-forms'
import { Button } from '../form/button'
import { Field } from '../form/field'
import { Notice } from '../notice'

interface CodeFormProps {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>
  readonly label: string
  readonly note?: string
}

/** A form for a code: one-time codes are six digits, recovery codes are longer. */
export function CodeForm({ action, label, note }: CodeFormProps) {
  const [state, submit, isPending] = useActionState(action, {})
  return (
    <form action={submit} className="grid gap-4">
      {state.problem !== undefined && <Notice tone="wrong" title={state.problem} role="alert" />}
      <Field
        label={label}
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={20}
        note={note}
        className="font-mono"
      />
      <Button type="submit" tone="main" disabled={isPending}>
        Continue
      </Button>
    </form>
  )
}
