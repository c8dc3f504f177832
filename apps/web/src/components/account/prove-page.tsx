'use client'

import { useActionState, type ReactNode } from 'react'
import { submitProof, type FormState } from '../../server/account/forms'
import { Notice } from '../notice'
import { Panel } from '../panel'
import { Button, TextArea, TextField } from './controls'
import { MessageToSign, WalletHints } from './message-to-sign'

type Asked = { readonly message: string; readonly challenge: string } | { readonly problem: string }

interface ProvePageProps {
  /** As it was typed; empty at first. */
  readonly address: string
  readonly asked: Asked | undefined
}

/** Three steps to an account: name an address, sign, paste. All of it works without JavaScript. */
export function ProvePage({ address, asked }: ProvePageProps) {
  const text = asked !== undefined && 'message' in asked ? asked : undefined
  return (
    <>
      <h1 className="mb-2 text-2xl">Your account</h1>
      <p className="text-quiet mb-6 max-w-prose">
        Mining needs no account, and looking needs none. To change how you are paid, name your machines or
        hide your pages, prove once in this browser that the address is yours. There is no password and no
        e-mail.
      </p>
      <Panel title="Prove an address">
        <ol className="space-y-8">
          <Step number={1} title="Which address do you mine with?">
            <form action="/account" className="flex flex-wrap items-end gap-3">
              <div className="min-w-0 flex-1 basis-72">
                <TextField
                  key={address}
                  label="Address"
                  name="address"
                  required
                  defaultValue={address}
                  className="font-mono"
                />
              </div>
              <Button type="submit" tone={text === undefined ? 'main' : 'plain'}>
                {text === undefined ? 'Show the text to sign' : 'Another address'}
              </Button>
            </form>
            {asked !== undefined && 'problem' in asked && (
              <div className="mt-3">
                <Notice tone="wrong" title={asked.problem} role="alert" />
              </div>
            )}
          </Step>
          <Step number={2} title="Sign this text with it, in your wallet">
            {text === undefined ? (
              <p className="text-faint text-sm">The text appears here.</p>
            ) : (
              <div className="space-y-3">
                <MessageToSign message={text.message} />
                <p className="text-quiet text-sm">
                  It moves no coins. Before you sign, check that it names this site.
                </p>
                <WalletHints />
              </div>
            )}
          </Step>
          <Step number={3} title="Paste the signature">
            {text === undefined ? (
              <p className="text-faint text-sm">
                A few lines of letters and digits, as your wallet gives them out.
              </p>
            ) : (
              <SignatureForm challenge={text.challenge} />
            )}
          </Step>
        </ol>
      </Panel>
    </>
  )
}

function SignatureForm({ challenge }: { readonly challenge: string }) {
  const [state, action, isPending] = useActionState<FormState, FormData>(submitProof, {})
  return (
    <form action={action} className="space-y-3">
      <input type="hidden" name="challenge" value={challenge} />
      <TextArea label="Signature" name="signature" required rows={4} className="font-mono" />
      {state.problem !== undefined && <Notice tone="wrong" title={state.problem} role="alert" />}
      <Button type="submit" tone="main" disabled={isPending}>
        {isPending ? 'Checking' : 'Sign in'}
      </Button>
    </form>
  )
}

function Step({
  number,
  title,
  children,
}: {
  readonly number: number
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <li className="flex gap-4">
      <span
        aria-hidden="true"
        className="border-copper text-copper inline-flex size-8 shrink-0 items-center justify-center rounded border text-sm"
      >
        {number}
      </span>
      <div className="min-w-0 flex-1">
        <h3 className="mb-2 text-base">{title}</h3>
        {children}
      </div>
    </li>
  )
}
