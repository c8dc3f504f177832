import type { Handler } from '../dispatch.js'

/** `mining.multi_version` (Antminer stock firmware): how many versions it rolls, which `mining.configure` has settled. */
export const multiVersion: Handler = (session, request) => session.answer(request.id, true)
