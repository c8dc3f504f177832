'use client'

import { CircleHelp } from 'lucide-react'
import { Popover } from 'radix-ui'
import type { ReactNode } from 'react'

/** A term explained where it stands: a small button that opens with a tap, a click or the keyboard. */
export function Hint({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={`What is ${term}?`}
        className="text-faint hover:text-ink data-[state=open]:text-copper relative inline-flex align-[-0.2em] after:absolute after:-inset-2.5"
      >
        <CircleHelp size={15} strokeWidth={1.75} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          sideOffset={8}
          collisionPadding={16}
          aria-label={term}
          className="border-edge bg-panel outline-none text-quiet shadow-lift z-30 max-w-[min(22rem,calc(100vw-2rem))] rounded border px-4 py-3 text-sm"
        >
          {children}
          <Popover.Arrow className="fill-edge" />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
