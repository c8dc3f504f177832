import { z } from 'zod'
import { specify } from '../../api/specify'
import { payoutAddress } from '../../schema/account'
import { maybe, sats } from '../../schema/values'
import { nothing } from '../input'

export const overviewSchema = specify({
  summary: 'What is set for the address that asks',
  rest: { method: 'GET', path: '/account' },
  access: 'own:read',
  cost: 'read',
  input: nothing,
  output: z.object({
    address: z.string(),
    threshold: z.object({
      ownSats: maybe(sats).describe('Absent: what the pool says.'),
      poolSats: maybe(sats).describe('Absent: nobody is paid on chain.'),
      minSats: sats,
      maxSats: sats,
    }),
    payoutAddress: z.object({
      current: maybe(payoutAddress).describe('Absent: his own address.'),
      pending: maybe(payoutAddress).describe('Not in force yet; it can be cancelled.'),
      delayMs: z.number().describe('Between asking for another address and its first payout.'),
    }),
    privacy: z.object({
      isUnlisted: z.boolean(),
      pseudonym: maybe(z.string()).describe('What stands for him while he is not listed.'),
      hasViewKey: z.boolean(),
    }),
  }),
})
