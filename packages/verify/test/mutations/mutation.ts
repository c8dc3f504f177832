import type { FaultCode } from '../../src/fault.js'
import type { LogModel } from '../support/log-model.js'
import type { LogFiles, SealHooks } from '../support/seal-log.js'

/** One way to cheat, and what the verifier has to say of it. */
export interface Mutation {
  readonly name: string
  /** By the operator, who signs everything again. */
  readonly model?: (model: LogModel) => void
  readonly seal?: SealHooks
  /** By anybody who has the files in his hands. */
  readonly files?: (files: LogFiles) => void
  readonly code: FaultCode
  readonly says: RegExp
}
