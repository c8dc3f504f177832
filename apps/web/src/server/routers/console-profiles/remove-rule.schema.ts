import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from '../console-payouts/input'
import { rulePattern, subjectOf } from './input'

export const removeRuleSchema = specifyAction({
  action: 'profiles.remove-rule',
  summary: 'Remove a rule of profiles',
  description:
    'Clients that subscribe from then on get what another rule, or the patterns of the profiles, say.',
  rest: { method: 'POST', path: '/console/profiles/rules/remove' },
  input: z.object({ pattern: rulePattern }),
  output: done,
  errors: ['not-found'],
  subject: subjectOf,
})
