import { isMalformed } from '@headframe/core/stratum/params/malformed-params'
import { parseSuggestTarget } from '@headframe/core/stratum/params/suggest-target'
import { otherError } from '@headframe/core/stratum/reject-code'
import type { Handler } from '../dispatch.js'
import { takeSuggestion } from './suggest-difficulty.js'

/** `mining.suggest_target`: the same as suggest_difficulty, said as a target of 64 hex digits (bfgminer). */
export const suggestTarget: Handler = (session, request) => {
  const params = parseSuggestTarget(request.params)
  if (isMalformed(params)) return session.refuse(request.id, otherError(params.malformed))
  session.answer(request.id, true)
  takeSuggestion(session, params.difficulty)
}
