import { z } from 'zod'
import { specify } from '../../api/specify'
import { TOPICS } from '../../live/topic'
import { listOf } from '../../schema/values'
import { nothing } from '../input'

export const changesSchema = specify({
  summary: 'What changes, as it does',
  description:
    'Server-sent events. Each names topics that have changed: ask again for what you show of them. The first tells ' +
    'whether the feed is live; while it is away changes are not told, so ask by the clock.',
  rest: { method: 'GET', path: '/live' },
  access: 'anybody',
  cost: 'read',
  input: nothing,
  output: z.object({ topics: listOf(z.enum(TOPICS)), feed: z.enum(['live', 'away']) }),
  streams: true,
})
