'use client'

import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { isFinal } from '../trpc/query-client'
import { Loading } from './skeleton'
import { Notice } from './notice'

/** What is needed of a query's state. */
interface QueryState<T> {
  readonly data: T | undefined
  readonly error: { readonly message: string } | null
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

/**
 * A section while it is on its way, when it could not be had, and when it is there. One that is there and could not
 * be refreshed stays as it is; `StaleBanner` says so for the whole page.
 */
export function Answer<T>({ query, what, loading, children }: AnswerProps<T>) {
  const { data, error } = query
  if (data !== undefined) return children(data)
  if (error === null) return <Loading what={what}>{loading}</Loading>
  if (isFinal(error)) return <Notice tone="wrong" title={error.message} role="alert" />
  return <Failure query={query} what={what} />
}

function Failure<T>({ query, what }: { readonly query: QueryState<T>; readonly what: string }) {
  const message = query.error?.message ?? ''
  return (
    <Notice
      tone="wrong"
      title={isNetworkMessage(message) ? 'The pool does not answer' : message}
      role="status"
    >
      <p>Not shown: {what}. Mining does not depend on this page, and it asks again by itself.</p>
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
