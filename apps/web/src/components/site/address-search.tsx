'use client'

import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import type { SubmitEvent } from 'react'
import { minerPath } from '../../my-miner/miner-path'

/** Leads to a miner's page; works as a plain form too. */
export function AddressSearch() {
  const router = useRouter()

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const text = new FormData(event.currentTarget).get('address')
    const path = typeof text === 'string' ? minerPath(text) : undefined
    if (path !== undefined) router.push(path)
  }
  return (
    <form
      role="search"
      action="/find"
      onSubmit={submit}
      className="border-line bg-panel focus-within:border-copper flex w-full items-center rounded border max-lg:order-4 lg:w-80"
    >
      <input
        type="search"
        name="address"
        required
        aria-label="Find a miner by address"
        placeholder="Find a miner by address"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className="placeholder:text-faint min-w-0 flex-1 bg-transparent px-3 py-2 text-base outline-none lg:text-sm"
      />
      <button
        type="submit"
        aria-label="Find"
        className="text-quiet hover:text-ink inline-flex size-10 items-center justify-center"
      >
        <Search size={17} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </form>
  )
}
