import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from '../console-payouts/input'

export const runTaskSchema = specifyAction({
  action: 'tasks.run',
  summary: 'Have a task run now',
  description:
    'A task looks at how things are and not at what it was told, so running one again changes nothing that the next ' +
    'run would not. Also how one that has failed is tried again before its time.',
  rest: { method: 'POST', path: '/console/queues/{task}/run' },
  input: z.object({
    task: z
      .string()
      .regex(/^[a-z][a-z-]{0,59}$/, { error: 'A task has a name of small letters and dashes.' })
      .describe('Name of the task.'),
  }),
  output: done,
  subject: ({ task }) => `task ${task}`,
  errors: ['not-found', 'conflict'],
})
