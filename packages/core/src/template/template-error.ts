/**
 * What is wrong with a template: its form, a rule of the network that this pool does not know, or a field that must
 * not be changed and that miners have to change.
 */
export type TemplateErrorCode = 'malformed-template' | 'unknown-rule' | 'fixed-field'

/** No job can be made of what the node answered. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  readonly code: TemplateErrorCode
  /** The template's field, as the node names it: `transactions[3].data`. */
  readonly field: string

  constructor(code: TemplateErrorCode, field: string, message: string) {
    super(`${field}: ${message}`)
    this.code = code
    this.field = field
  }
}
