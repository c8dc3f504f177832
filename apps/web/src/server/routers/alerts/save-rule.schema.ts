import { specify } from '../../api/specify'
import { done, ruleChoice } from '../../schema/alert'

export const saveRuleSchema = specify({
  summary: 'Choose what to be told of',
  description: 'A parameter that is left out has its default.',
  rest: { method: 'PUT', path: '/account/alerts/rules/{rule}' },
  access: 'own:write',
  cost: 'write',
  input: ruleChoice,
  output: done,
  errors: ['not-found'],
})
