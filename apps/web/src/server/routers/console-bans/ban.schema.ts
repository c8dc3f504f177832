import { MAX_BAN_MINUTES } from '@headframe/core/live/ban'
import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from '../console-payouts/input'
import { peerAddress, subjectOf } from './input'

export const banSchema = specifyAction({
  action: 'bans.ban',
  summary: 'Ban a network address',
  description:
    'Every connection from there is closed and none is taken, on all stratum processes within a second. Whoever stands ' +
    'in STRATUM_NEVER_BAN is let in all the same.',
  rest: { method: 'POST', path: '/console/bans' },
  input: z.object({
    address: peerAddress,
    minutes: z.number().int().min(1).max(MAX_BAN_MINUTES).describe('A year at most.'),
    reason: z.string().trim().min(3).max(200).describe('Why; whoever connects from there reads it.'),
  }),
  output: done,
  errors: ['engine-away'],
  subject: subjectOf,
})
