import { Search } from 'lucide-react'
import Form from 'next/form'

interface SiteSearchProps {
  /** What was looked for before. */
  readonly text?: string
}

/** Leads to the page of whatever was typed, or to one that says why there is none; a plain form without scripts. */
export function SiteSearch({ text }: SiteSearchProps) {
  return (
    <Form
      role="search"
      action="/find"
      className="border-line bg-panel focus-within:border-copper flex w-full items-center rounded border max-lg:order-4 lg:w-auto lg:max-w-80 lg:min-w-48 lg:flex-1"
    >
      <input
        type="search"
        name="q"
        required
        defaultValue={text}
        aria-label="Find an address, a worker, a block or a transaction"
        placeholder="Address or block"
        title="An address, address.worker, the height or hash of a block, or the transaction of a payout"
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
    </Form>
  )
}
