import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from '../console-payouts/input'
import { profileName, rulePattern, subjectOf } from './input'

export const changeRuleSchema = specifyAction({
  action: 'profiles.change-rule',
  summary: 'Have a rule give another profile',
  description: 'Counts for clients that subscribe from then on; those that are here keep what they have.',
  rest: { method: 'PUT', path: '/console/profiles/rules' },
  input: z.object({ pattern: rulePattern, profile: profileName }),
  output: done,
  errors: ['not-found', 'engine-away'],
  subject: subjectOf,
})
