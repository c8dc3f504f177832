import { isMalformed } from '@headframe/core/stratum/params/malformed-params'
import { parseSuggestDifficulty } from '@headframe/core/stratum/params/suggest-difficulty'
import { otherError } from '@headframe/core/stratum/reject-code'
import type { Handler } from '../dispatch.js'
import type { Session } from '../session.js'

/** `mining.suggest_difficulty`: any time and any number of times; a starting point for vardiff, within the port's bounds. */
export const suggestDifficulty: Handler = (session, request) => {
  const params = parseSuggestDifficulty(request.params)
  if (isMalformed(params)) return session.refuse(request.id, otherError(params.malformed))
  session.answer(request.id, true)
  takeSuggestion(session, params.difficulty)
}

export function takeSuggestion(session: Session, suggested: number): void {
  session.follow(session.vardiff.onSuggestion(session.desk.monotonicMs(), suggested))
}
