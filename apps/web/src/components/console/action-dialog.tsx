'use client'

import { AlertDialog } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { ACTIONS, type ActionName } from '../../server/operators/roles'
import { Button } from '../form/button'
import { Notice } from '../notice'
import { FreshFactor } from './fresh-factor'
import { useMe } from './use-me'

interface ActionDialogProps {
  readonly action: ActionName
  /** Says what will happen: amounts, how many are paid, the fee. */
  readonly children: ReactNode
  /** Whether all that is asked for was given. */
  readonly isReady?: boolean
  readonly run: () => Promise<unknown>
}

/** A button of the console: what it does is said, and asked, before it is done. Nothing for whoever may not. */
export function ActionDialog({ action, children, isReady = true, run }: ActionDialogProps) {
  const { mayDo, isFresh, refetch } = useMe()
  const [isOpen, setOpen] = useState(false)
  const { title, isDangerous } = ACTIONS[action]
  if (!mayDo(action)) return null
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={setOpen}>
      <AlertDialog.Trigger asChild>
        <Button tone={isDangerous ? 'danger' : 'plain'}>{title}</Button>
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-30 bg-black/50" />
        <AlertDialog.Content className="border-edge bg-panel shadow-lift fixed inset-x-4 top-1/2 z-40 mx-auto grid max-h-[90dvh] max-w-lg -translate-y-1/2 gap-4 overflow-auto rounded border p-5 sm:p-6">
          <AlertDialog.Title className="text-lg font-semibold">{title}?</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="text-quiet grid gap-3">{children}</div>
          </AlertDialog.Description>
          {isDangerous && !isFresh ? (
            <FreshFactor onShown={() => void refetch()} />
          ) : (
            <Confirm title={title} isReady={isReady} run={run} onDone={() => setOpen(false)} />
          )}
          <AlertDialog.Cancel asChild>
            <Button>Leave it as it is</Button>
          </AlertDialog.Cancel>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

interface ConfirmProps {
  readonly title: string
  readonly isReady: boolean
  readonly run: () => Promise<unknown>
  readonly onDone: () => void
}

function Confirm({ title, isReady, run, onDone }: ConfirmProps) {
  const [problem, setProblem] = useState<string>()
  const [isPending, setPending] = useState(false)

  async function confirm(): Promise<void> {
    setPending(true)
    try {
      await run()
      onDone()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
    setPending(false)
  }
  return (
    <>
      {problem !== undefined && <Notice tone="wrong" title={problem} role="alert" />}
      <Button tone="main" disabled={isPending || !isReady} onClick={() => void confirm()}>
        Yes: {title.toLowerCase()}
      </Button>
    </>
  )
}
