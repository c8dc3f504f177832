import { z } from 'zod'
import { specify } from '../../api/specify'
import { nothing } from '../input'

export const setListingSchema = specify({
  summary: 'Be listed, or not',
  description:
    'Who is not listed stands in no list under his address, and his pages are for himself and for whoever has his view key.',
  rest: { method: 'PUT', path: '/account/listing' },
  access: 'own:write',
  cost: 'write',
  input: z.object({ isUnlisted: z.boolean() }),
  output: z.object({ isUnlisted: z.boolean() }),
})

export const renewViewKeySchema = specify({
  summary: 'Another view key',
  description: 'It is shown this once; the one before opens nothing any more.',
  rest: { method: 'POST', path: '/account/view-key' },
  access: 'own:write',
  cost: 'write',
  input: nothing,
  output: z.object({ path: z.string().describe('Of the page that opens with it: /view/ADDRESS/KEY.') }),
})

export const dropViewKeySchema = specify({
  summary: 'No view key',
  rest: { method: 'DELETE', path: '/account/view-key' },
  access: 'own:write',
  cost: 'write',
  input: nothing,
  output: z.object({ hasViewKey: z.literal(false) }),
})
