import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from '../console-payouts/input'
import { profileName, rulePattern, subjectOf } from './input'

export const addRuleSchema = specifyAction({
  action: 'profiles.add-rule',
  summary: 'Give clients of a user agent another profile',
  description: 'Counts for clients that subscribe from then on, within seconds, and after a restart too.',
  rest: { method: 'POST', path: '/console/profiles/rules' },
  input: z.object({ pattern: rulePattern, profile: profileName }),
  output: done,
  errors: ['conflict', 'limit-reached', 'not-found', 'engine-away'],
  subject: subjectOf,
})
