'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../trpc/client'

const LOOK_EVERY_MS = 700

/** Said where nobody has taken a request, or whoever did has ended over it. */
export const UNANSWERED =
  'Nobody has answered. Does settle run, with PAYOUT_WALLET_URL? Nobody will answer it any more: ask again.'

/** Waits for what becomes of a request; throws what it was refused for, for the dialog to say. */
export function useWalletAnswer() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return async ({ requestId }: { readonly requestId: bigint }): Promise<void> => {
    const query = trpc.consolePayouts.request.queryOptions({ requestId: String(requestId) })
    // It ends: what nobody answers is unanswered after a time.
    for (;;) {
      const request = await queryClient.query({ ...query, staleTime: 0 })
      const { standing, answer } = request ?? { standing: 'unanswered' as const, answer: undefined }
      if (standing === 'asked' || standing === 'taken') {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
        continue
      }
      await queryClient.invalidateQueries()
      if (standing === 'done') return
      throw new Error(standing === 'refused' ? answer?.text : UNANSWERED)
    }
  }
}
