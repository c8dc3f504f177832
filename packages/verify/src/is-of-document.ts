import { DocumentError } from '@headframe/core/published/json-fields'

/** Whether an error says that a document is wrong: no JSON, a field that is none, a number out of range. */
export function isOfDocument(error: unknown): error is Error {
  return error instanceof DocumentError || error instanceof SyntaxError || error instanceof RangeError
}
