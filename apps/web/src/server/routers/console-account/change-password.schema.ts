import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'

const MAX_TYPED = 1_000
const password = z.string().max(MAX_TYPED)

export const changePasswordSchema = specifyAction({
  action: 'account.change-password',
  subject: () => 'password',
  recorded: () => undefined,
  summary: 'Change your password',
  description: 'Your other browsers are signed out by it. Wrong passwords count as failures to sign in.',
  rest: { method: 'POST', path: '/console/account/password' },
  access: 'operator:read',
  input: z.object({
    old: password.describe('The one that you sign in with now.'),
    next: password.describe('The one that you want to sign in with.'),
  }),
  output: z.object({}),
  errors: ['session-needed'],
})
