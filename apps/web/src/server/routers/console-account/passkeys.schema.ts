import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'

const MAX_NAME_LENGTH = 60
const MAX_ID_LENGTH = 1400

/** As the browser gives it; what it must be is looked at when it is checked. */
const response = z
  .looseObject({ id: z.string(), response: z.looseObject({}) })
  .transform((value) => value as unknown as RegistrationResponseJSON)

export const addPasskeySchema = specifyAction({
  action: 'account.add-passkey',
  subject: ({ name }) => `passkey "${name}"`,
  recorded: ({ name }) => ({ name }),
  summary: 'Add a passkey of yours',
  description: 'Your browser makes it, and asks for what it is to sign on your page of the console first.',
  rest: { method: 'POST', path: '/console/account/passkeys' },
  access: 'operator:read',
  input: z.object({
    name: z.string().trim().min(1).max(MAX_NAME_LENGTH).describe('What you call it.'),
    response: response.describe('RegistrationResponseJSON of WebAuthn.'),
  }),
  output: z.object({}),
  errors: ['session-needed', 'conflict'],
})

export const removePasskeySchema = specifyAction({
  action: 'account.remove-passkey',
  subject: ({ id }) => `passkey ${id}`,
  summary: 'Remove a passkey of yours',
  description: 'The last second factor stays: nobody locks himself out.',
  rest: { method: 'DELETE', path: '/console/account/passkeys/{id}' },
  access: 'operator:read',
  input: z.object({ id: z.string().min(1).max(MAX_ID_LENGTH) }),
  output: z.object({ id: z.string() }),
  errors: ['session-needed', 'not-found', 'conflict'],
})
