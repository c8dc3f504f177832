'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { problemOfValue } from '@headframe/core/settings/run-time-setting'
import { useState } from 'react'
import { useTRPC } from '../../../trpc/client'
import { Age } from '../../age'
import { Field } from '../../form/field'
import { ActionDialog } from '../action-dialog'
import type { ShownSetting } from './settings-console'

/** One setting: what holds, what the environment says, and its two buttons. */
export function SettingRow({ setting }: { readonly setting: ShownSetting }) {
  const { name, title, about, environment, value, changedAtMs, changedBy } = setting
  const held = value ?? environment
  return (
    <li className="grid gap-x-6 gap-y-3 py-4 sm:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="text-quiet text-sm">
          {about} {boundsOf(setting)}
        </p>
        <p className="mt-2 wrap-anywhere">
          <span className="font-mono">{held ?? 'nothing'}</span>{' '}
          <span className="text-faint text-sm">
            {value === undefined
              ? 'from the environment'
              : `instead of ${environment ?? 'nothing'} from the environment`}
          </span>
        </p>
        <p className="text-faint text-sm">
          <span className="font-mono text-xs">{name}</span>
          {changedAtMs !== undefined && (
            <>
              {', '}
              {value === undefined ? 'given back' : 'set'} by {changedBy} <Age atMs={changedAtMs} />
            </>
          )}
        </p>
      </div>
      <div className="flex flex-wrap items-start gap-3">
        <Change setting={setting} />
        {value !== undefined && <Reset setting={setting} />}
      </div>
    </li>
  )
}

function boundsOf({ form }: ShownSetting): string {
  return form.kind === 'text' ? `At most ${form.maxLength} letters.` : `From ${form.min} to ${form.max}.`
}

function Change({ setting }: { readonly setting: ShownSetting }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [text, setText] = useState('')
  const change = useMutation(
    trpc.consoleSettings.change.mutationOptions({
      onSuccess: () => {
        setText('')
        return queryClient.invalidateQueries()
      },
    }),
  )
  const { name, title, about, environment, value, form } = setting
  const problem = problemOfValue(name, text.trim())
  return (
    <ActionDialog
      action="settings.change"
      isReady={problem === undefined}
      run={() => change.mutateAsync({ name, value: text })}
    >
      <p>
        {title}: it is{' '}
        <span className="text-ink font-mono wrap-anywhere">{value ?? environment ?? 'nothing'}</span>. {about}{' '}
        Every stratum process goes by it within seconds.
      </p>
      <Field
        label="From now on"
        note={text === '' ? boundsOf(setting) : (problem ?? 'This can be set.')}
        value={text}
        maxLength={form.kind === 'text' ? form.maxLength : 12}
        inputMode={form.kind === 'text' ? 'text' : 'decimal'}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}

function Reset({ setting: { name, title, value, environment } }: { readonly setting: ShownSetting }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const reset = useMutation(
    trpc.consoleSettings.reset.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  )
  return (
    <ActionDialog action="settings.reset" run={() => reset.mutateAsync({ name })}>
      <p>
        {title}: in place of <span className="font-mono wrap-anywhere">{value}</span> the environment holds
        again, which says <span className="font-mono wrap-anywhere">{environment ?? 'nothing'}</span>.
      </p>
    </ActionDialog>
  )
}
