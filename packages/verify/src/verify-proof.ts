import {
  problemOfPayoutProof,
  readPayoutProof,
  type PayoutProof,
} from '@headframe/core/published/payout-proof'
import { isDocumentSignedBy } from '@headframe/core/published/signed-document'
import { problemOfHeader } from './check-header.js'
import { isOfDocument } from './is-of-document.js'

/** What a payout proof shows. */
export interface ProofVerdict {
  /** Undefined when the document is no proof. */
  readonly proof: PayoutProof | undefined
  /** By whom the statement is signed; undefined when by nobody. */
  readonly key: string | undefined
  /** Why it shows nothing; none when it holds. */
  readonly problems: readonly string[]
}

/** Checks a proof by itself. `key` is the pool's, when it is known; else the one that the statement names. */
export function verifyProof(text: string, key: string | undefined): ProofVerdict {
  try {
    const proof = readPayoutProof(JSON.parse(text), 'the proof')
    const named = proof.signedStatement['key']
    const signer = key ?? (typeof named === 'string' ? named : '')
    const isSigned = isDocumentSignedBy(proof.signedStatement, signer)
    const problems = [
      isSigned ? undefined : `the statement is not signed by ${signer}`,
      problemOfHeader(proof.statement.header, proof.statement.hash),
      problemOfPayoutProof(proof),
    ].filter((problem) => problem !== undefined)
    return { proof, key: isSigned ? signer : undefined, problems }
  } catch (error) {
    if (!isOfDocument(error)) throw error
    return { proof: undefined, key: undefined, problems: [error.message] }
  }
}
