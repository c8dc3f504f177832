'use client'

interface MoreButtonProps {
  readonly query: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => unknown
  }
}

/** Adds the next page to a list; keeps its place when there is none. */
export function MoreButton({ query }: MoreButtonProps) {
  if (!query.hasNextPage) return null
  return (
    <button
      type="button"
      disabled={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
      className="border-edge hover:bg-line/50 mt-4 min-h-10 rounded border px-4 text-sm"
    >
      {query.isFetchingNextPage ? 'Loading older ones' : 'Show older ones'}
    </button>
  )
}
