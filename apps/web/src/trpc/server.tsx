import 'server-only'
import { dehydrate, HydrationBoundary, type QueryClient } from '@tanstack/react-query'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { headers } from 'next/headers'
import { cache, type ReactElement } from 'react'
import { appRouter } from '../server/routers/root'
import { requestContext } from '../server/runtime'
import { makeQueryClient } from './query-client'

/** One a request. */
export const queryClient: () => QueryClient = cache(makeQueryClient)

const pageContext = cache(async () => requestContext(await headers()))

/** The API for the server's own pages: same procedures, no HTTP. */
export const api = createTRPCOptionsProxy({ ctx: pageContext, router: appRouter, queryClient })

/**
 * A page with the answers it needs in hand, so that it arrives with its numbers. An answer that fails is left out;
 * the browser asks again and shows what is wrong.
 */
export async function withAnswers(
  answers: readonly Promise<unknown>[],
  page: ReactElement,
): Promise<ReactElement> {
  await Promise.allSettled(answers)
  return <HydrationBoundary state={dehydrate(queryClient())}>{page}</HydrationBoundary>
}
