'use client'

import { useRouter } from 'next/navigation'
import { useId, type SubmitEvent } from 'react'
import { choiceOfParams, pathOfChoice, type ConnectChoice } from './connect-choice'

interface AddressFormProps {
  readonly choice: ConnectChoice
  readonly network: string
}

/** Fills in the user name, and says whose connections to look for. Works as a plain form too. */
export function AddressForm({ choice, network }: AddressFormProps) {
  const router = useRouter()
  const id = useId()

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const entries = Object.fromEntries(new FormData(event.currentTarget))
    router.push(pathOfChoice(choiceOfParams(entries)), { scroll: false })
  }
  return (
    <form action="/connect" onSubmit={submit} className="space-y-3">
      <input type="hidden" name="machine" value={choice.machine} />
      {choice.port !== undefined && <input type="hidden" name="port" value={choice.port} />}
      <div>
        <label htmlFor={id} className="text-quiet mb-1 block text-sm">
          Your {network} address: it is who is paid
        </label>
        <input
          id={id}
          name="address"
          defaultValue={choice.address}
          key={choice.address}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={120}
          className="border-line bg-sunken w-full rounded border px-3 py-2 font-mono text-base sm:text-sm"
        />
      </div>
      <div className="flex items-end gap-3">
        <div className="min-w-0 flex-1">
          <label htmlFor={`${id}-worker`} className="text-quiet mb-1 block text-sm">
            A name for the machine
          </label>
          <input
            id={`${id}-worker`}
            name="worker"
            defaultValue={choice.worker}
            key={choice.worker}
            placeholder="rig1"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={60}
            className="border-line bg-sunken placeholder:text-faint w-full rounded border px-3 py-2 font-mono text-base sm:text-sm"
          />
        </div>
        <button
          type="submit"
          className="border-edge hover:bg-line/50 inline-flex min-h-10 items-center rounded border px-4 text-sm"
        >
          Fill in
        </button>
      </div>
    </form>
  )
}
