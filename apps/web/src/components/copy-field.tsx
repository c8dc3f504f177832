'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useId, useState } from 'react'

const CONFIRM_MS = 1600

interface CopyFieldProps {
  readonly label: string
  readonly value: string
  /** Said under the value, when the value needs a word. */
  readonly note?: string
}

/** A value to type into a machine, with a button that copies it. */
export function CopyField({ label, value, note }: CopyFieldProps) {
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-quiet mb-1 block text-sm">
        {label}
      </label>
      <div className="border-line bg-sunken flex items-stretch rounded border">
        <input
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          className="min-w-0 flex-1 rounded-l bg-transparent px-3 py-2 font-mono text-sm"
        />
        <CopyButton value={value} what={label} />
      </div>
      {note !== undefined && <p className="text-faint mt-1 text-sm">{note}</p>}
    </div>
  )
}

/** Copies `value`; says so where clipboards are allowed, and selects nothing else. */
export function CopyButton({ value, what }: { readonly value: string; readonly what: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), CONFIRM_MS)
    return () => clearTimeout(timer)
  }, [state])

  async function copy(): Promise<void> {
    setState((await writeClipboard(value)) ? 'copied' : 'refused')
  }
  return (
    <button
      type="button"
      aria-label={`Copy ${what}`}
      onClick={() => void copy()}
      className="text-quiet hover:text-ink hover:bg-line/50 border-line inline-flex min-h-10 min-w-11 items-center justify-center border-l px-2"
    >
      {state === 'copied' ? (
        <Check size={16} className="text-copper" aria-hidden="true" />
      ) : (
        <Copy size={16} aria-hidden="true" />
      )}
      <span role="status" className="sr-only">
        {state === 'copied' ? `${what} copied` : state === 'refused' ? 'The browser refused to copy' : ''}
      </span>
    </button>
  )
}

/** The clipboard API wants a secure page; a pool on a home network is plain HTTP, so there is an older way too. */
async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.setAttribute('readonly', '')
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  try {
    // Deprecated, and the only way to copy on a page that is not secure.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return document.execCommand('copy')
  } finally {
    area.remove()
  }
}
