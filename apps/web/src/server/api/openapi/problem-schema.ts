import { ERROR_CODES } from '../../error/kinds'
import type { JsonSchema } from './json-schema'

/** What `problemOf` gives. */
export function problemSchema(): JsonSchema {
  const text = (description: string) => ({ type: 'string', description })
  return {
    type: 'object',
    description: 'An error (RFC 9457).',
    required: ['type', 'title', 'status', 'detail', 'code', 'action'],
    properties: {
      type: text('Where the code is explained.'),
      title: text('What went wrong, the same for every error of this code.'),
      status: { type: 'integer' },
      detail: text('What went wrong here.'),
      code: { type: 'string', enum: [...ERROR_CODES] },
      action: text('What to do.'),
      issues: {
        type: 'array',
        description: 'What is wrong with which field.',
        items: {
          type: 'object',
          required: ['field', 'message'],
          properties: { field: { type: 'string' }, message: { type: 'string' } },
        },
      },
    },
  }
}
