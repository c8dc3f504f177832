'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import type { SubmitEvent } from 'react'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import type { OwnWorker } from './account-state'
import { Button, Outcome, TextField } from './controls'
import { useReload } from './use-change'

/** What he calls his machines, for himself. */
export function WorkersPanel({ className = '' }: { readonly className?: string }) {
  const query = useQuery(useTRPC().account.workers.queryOptions())
  return (
    <Panel title="Workers" className={className}>
      <p className="text-quiet mb-4 text-sm">
        Labels and notes are for you alone: nobody else sees them. A hidden worker comes back with its next
        share.
      </p>
      <Answer query={query} what="your workers" loading={<Skeleton className="h-32" />}>
        {({ workers }) =>
          workers.length === 0 ? (
            <Empty title="No worker yet">It is here from its first share on.</Empty>
          ) : (
            <ul className="divide-line divide-y">
              {workers.map((worker) => (
                <WorkerForm key={worker.name} worker={worker} />
              ))}
            </ul>
          )
        }
      </Answer>
    </Panel>
  )
}

function WorkerForm({ worker }: { readonly worker: OwnWorker }) {
  const { name, lastShareAtMs, label, notes, isHidden } = worker
  const change = useMutation(useTRPC().account.setWorker.mutationOptions(useReload()))

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    change.mutate({
      name,
      label: textOf(form, 'label'),
      notes: textOf(form, 'notes'),
      isHidden: form.has('isHidden'),
    })
  }
  return (
    <li className="py-4">
      <form onSubmit={submit} className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_2fr_auto_auto]">
        <div className="min-w-0 self-center">
          <p className="wrap-anywhere">{name === '' ? <span className="text-faint">no name</span> : name}</p>
          <p className="text-faint text-sm">
            {lastShareAtMs === undefined ? 'no share yet' : <Age atMs={lastShareAtMs} />}
          </p>
        </div>
        <TextField label="Label" name="label" maxLength={60} defaultValue={label ?? ''} />
        <TextField label="Notes" name="notes" maxLength={1_000} defaultValue={notes ?? ''} />
        <label className="flex min-h-11 items-center gap-2 text-sm">
          <input type="checkbox" name="isHidden" defaultChecked={isHidden} className="size-5" /> Hide
        </label>
        <Button
          type="submit"
          disabled={change.isPending}
          aria-label={`Save ${name === '' ? 'the worker without a name' : name}`}
        >
          Save
        </Button>
      </form>
      <Outcome error={change.error} done={change.isSuccess ? 'Saved.' : undefined} />
    </li>
  )
}

function textOf(form: FormData, name: string): string | null {
  const value = form.get(name)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
