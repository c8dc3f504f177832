import { problemOfValue } from '@headframe/core/settings/run-time-setting'
import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from '../console-payouts/input'
import { settingName, subjectOf } from './input'

export const changeSchema = specifyAction({
  action: 'settings.change',
  summary: 'Change a setting at run time',
  description: 'The running engine takes it within seconds, and goes by it after a restart too.',
  rest: { method: 'PUT', path: '/console/settings/{name}' },
  input: z
    .object({
      name: settingName,
      value: z.string().trim().max(500).describe('As it would stand in the environment.'),
    })
    .superRefine(({ name, value }, context) => {
      const message = problemOfValue(name, value)
      if (message !== undefined) context.addIssue({ code: 'custom', path: ['value'], message })
    }),
  output: done,
  subject: subjectOf,
})
