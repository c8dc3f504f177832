'use client'

import { useActionState, useEffect, useRef } from 'react'
import { submitEnrolment } from '../../server/operators/sign-in-forms'
import { Button } from '../form/button'
import { Field } from '../form/field'
import { Notice } from '../notice'

/** The code stands behind the # of the link, which no server and no log gets to see; without scripts it is pasted. */
export function EnrolForm() {
  const [state, submit, isPending] = useActionState(submitEnrolment, {})
  const code = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const given = window.location.hash.slice(1)
    if (given === '' || code.current === null) return
    code.current.value = given
    window.history.replaceState(null, '', window.location.pathname)
  }, [])
  return (
    <form action={submit} className="grid gap-4">
      {state.problem !== undefined && <Notice tone="wrong" title={state.problem} role="alert" />}
      <Field
        ref={code}
        label="Code of your link"
        name="code"
        defaultValue={state.kept}
        autoComplete="off"
        spellCheck={false}
        required
        className="font-mono text-sm"
      />
      <Field
        label="Your new password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={12}
        maxLength={200}
        note="At least 12 characters. A few words that nobody else would put together are easy to keep."
      />
      <Button type="submit" tone="main" disabled={isPending}>
        Continue
      </Button>
    </form>
  )
}
