import { z } from 'zod'
import { maybe, sats } from './values'

export const network = z.enum(['mainnet', 'testnet3', 'testnet4', 'signet', 'regtest'])
export const payoutMode = z.enum(['pplns', 'solo', 'fpps'])

/** When miners are paid on chain. */
export const payoutTerms = z
  .object({
    everyMinutes: z.number(),
    thresholdSats: sats.describe('Of miners without one of their own.'),
    minimumSats: sats.describe('Nobody is paid less.'),
    maxAgeDays: maybe(z.number()).describe(
      'Who is owed at least the minimum for so long is paid below his threshold.',
    ),
    confirmations: z.number().describe('From which on a payment counts as made.'),
  })
  .meta({ id: 'PayoutTerms', description: 'When miners are paid on chain.' })

export const stratumPort = z
  .object({
    port: z.number(),
    mode: payoutMode,
    startDifficulty: z.number(),
    minDifficulty: z.number(),
    maxDifficulty: z.number(),
    fixed: z.boolean(),
    sharesPerMinute: z.number(),
    tls: z.boolean(),
    proxy: z.boolean(),
    direct: z.boolean(),
  })
  .meta({ id: 'StratumPort', description: 'How one listening port treats its miners.' })
