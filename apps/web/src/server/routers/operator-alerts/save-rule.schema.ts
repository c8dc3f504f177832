import { specifyAction } from '../../operators/specify-action'
import { done, ruleChoice } from '../../schema/alert'

export const saveRuleSchema = specifyAction({
  action: 'alerts.save-rule',
  subject: ({ rule }) => `rule ${rule}`,
  summary: 'Choose what to be told of, as operators',
  description: 'A parameter that is left out has its default.',
  rest: { method: 'PUT', path: '/console/alerts/rules/{rule}' },
  input: ruleChoice,
  output: done,
  errors: ['not-found'],
})
