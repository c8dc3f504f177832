import { configure as negotiate } from '@headframe/core/stratum/configure'
import { isMalformed } from '@headframe/core/stratum/params/malformed-params'
import { parseConfigure } from '@headframe/core/stratum/params/configure'
import { otherError } from '@headframe/core/stratum/reject-code'
import type { Handler } from '../dispatch.js'

/** `mining.configure` (BIP 310): version rolling and the other extensions, in whatever order with subscribe. */
export const configure: Handler = (session, request) => {
  const params = parseConfigure(request.params)
  if (isMalformed(params)) return session.refuse(request.id, otherError(params.malformed))
  const agreed = negotiate(params, session.options.port.maxDifficulty)
  session.answer(request.id, agreed.answer)
  if (agreed.minimumDifficulty !== undefined) {
    session.follow(session.vardiff.onMinimum(session.desk.monotonicMs(), agreed.minimumDifficulty))
  }
  if (agreed.wantsSetExtranonce) session.takesExtranonce = true
  if (agreed.versionMask === undefined || agreed.versionMask === session.versionMask) return
  session.versionMask = agreed.versionMask
  session.renewWork()
}
