import type { Handler } from '../dispatch.js'

/** `mining.extranonce.subscribe`: the miner understands `mining.set_extranonce`. */
export const extranonceSubscribe: Handler = (session, request) => {
  session.takesExtranonce = true
  session.answer(request.id, true)
}
