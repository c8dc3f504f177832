'use client'

import { Notice } from '../components/notice'

interface ErrorPageProps {
  readonly reset: () => void
}

/** When a page itself breaks; what only fails to load, each section says by itself. */
export default function ErrorPage({ reset }: ErrorPageProps) {
  return (
    <Notice tone="wrong" title="This page broke" role="alert">
      <p>Mining does not depend on it.</p>
      <button
        type="button"
        onClick={reset}
        className="text-ink border-edge hover:bg-line/50 mt-2 min-h-10 rounded border px-3"
      >
        Build it again
      </button>
    </Notice>
  )
}
