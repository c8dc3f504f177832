import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from '../console-payouts/input'
import { settingName, subjectOf } from './input'

export const resetSchema = specifyAction({
  action: 'settings.reset',
  summary: 'Give a setting back to the environment',
  description: 'What the programs were started with holds again, within seconds.',
  rest: { method: 'DELETE', path: '/console/settings/{name}' },
  input: z.object({ name: settingName }),
  output: done,
  subject: subjectOf,
})
