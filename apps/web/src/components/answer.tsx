'use client'

import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatUtc } from '../format/time'
import { isFinal } from '../trpc/query-client'
import { Loading } from './skeleton'
import { Notice } from './notice'

/** What is needed of a query's state. */
interface QueryState<T> {
  readonly data: T | undefined
  readonly error: { readonly message: string } | null
  readonly dataUpdatedAt: number
  readonly isFetching: boolean
  readonly refetch: () => unknown
}

interface AnswerProps<T> {
  readonly query: QueryState<T>
  /** Names the section: "blocks". */
  readonly what: string
  /** Holds its place until it is there. */
  readonly loading: ReactNode
  readonly children: (data: T) => ReactNode
}

/** A section's four states: on its way, wrong, there, and there but old. */
export function Answer<T>({ query, what, loading, children }: AnswerProps<T>) {
  const { data, error } = query
  if (data === undefined) {
    return error === null ? <Loading what={what}>{loading}</Loading> : <Failure query={query} what={what} />
  }
  return (
    <>
      {error !== null && (
        <p role="status" className="text-oxide mb-3 text-sm">
          Not refreshed: {error.message} What stands here is from {formatUtc(query.dataUpdatedAt)}.
        </p>
      )}
      {children(data)}
    </>
  )
}

function Failure<T>({ query, what }: { readonly query: QueryState<T>; readonly what: string }) {
  const message = query.error?.message ?? ''
  if (isFinal(query.error)) return <Notice tone="wrong" title={message} role="alert" />
  return (
    <Notice
      tone="wrong"
      title={`No ${what}: ${isNetworkMessage(message) ? 'the pool does not answer.' : message}`}
      role="alert"
    >
      <p>Miners are not affected by this page. It asks again by itself.</p>
      <button
        type="button"
        disabled={query.isFetching}
        onClick={() => void query.refetch()}
        className="text-ink border-edge hover:bg-line/50 mt-2 inline-flex min-h-10 items-center gap-2 rounded border px-3"
      >
        <RotateCw size={15} aria-hidden="true" /> Ask now
      </button>
    </Notice>
  )
}

/** What browsers say when there was no answer at all, each in its own words. */
function isNetworkMessage(message: string): boolean {
  return /fetch|network|load failed|json/i.test(message)
}
