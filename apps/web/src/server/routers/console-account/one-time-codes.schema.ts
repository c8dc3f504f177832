import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { nothing } from '../input'

const MAX_TYPED = 20

export const addOneTimeCodesSchema = specifyAction({
  action: 'account.add-one-time-codes',
  subject: () => 'one-time codes',
  recorded: () => undefined,
  summary: 'Put one-time codes in force, beside your passkey',
  description: 'Your page of the console shows the secret first; its first code puts it in force.',
  rest: { method: 'POST', path: '/console/account/one-time-codes' },
  access: 'operator:read',
  input: z.object({ code: z.string().max(MAX_TYPED).describe('The code that the app shows.') }),
  output: z.object({}),
  errors: ['session-needed', 'conflict'],
})

export const removeOneTimeCodesSchema = specifyAction({
  action: 'account.remove-one-time-codes',
  subject: () => 'one-time codes',
  summary: 'Remove your one-time codes',
  description: 'The last second factor stays: nobody locks himself out.',
  rest: { method: 'DELETE', path: '/console/account/one-time-codes' },
  access: 'operator:read',
  input: nothing,
  output: z.object({}),
  errors: ['session-needed', 'not-found', 'conflict'],
})
