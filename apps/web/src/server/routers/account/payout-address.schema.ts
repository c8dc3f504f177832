import { z } from 'zod'
import { specify } from '../../api/specify'
import { challengeAnswer, payoutAddress, proofInput } from '../../schema/account'
import { address, nothing } from '../input'

export const askPayoutAddressSchema = specify({
  summary: 'A text that asks for payouts to another address when it is signed',
  description: 'It names that address, and is signed with the one that mines.',
  rest: { method: 'POST', path: '/account/payout-address/challenge' },
  access: 'own:write',
  cost: 'write',
  input: z.object({ payTo: address }),
  output: challengeAnswer,
})

export const changePayoutAddressSchema = specify({
  summary: 'Be paid at another address',
  description: 'Payouts go there after a delay, in which it can be cancelled. The miner keeps his name.',
  rest: { method: 'PUT', path: '/account/payout-address' },
  access: 'own:write',
  cost: 'proof',
  input: proofInput,
  output: payoutAddress,
})

export const cancelPayoutAddressSchema = specify({
  summary: 'Not be paid at another address after all',
  description: 'While it is not in force yet.',
  rest: { method: 'DELETE', path: '/account/payout-address' },
  access: 'own:write',
  cost: 'write',
  input: nothing,
  output: z.object({ isCancelled: z.boolean() }),
})
