import type { Handler } from '../dispatch.js'

/** `mining.extranonce.subscribe`: granted; the pool has no reason to change a session's extranonce1 while it lives. */
export const extranonceSubscribe: Handler = (session, request) => session.answer(request.id, true)
