import { z } from 'zod'
import { specify } from '../../api/specify'
import { journalDisk } from '../../schema/system'
import { big, count, listOf, maybe, timeMs } from '../../schema/values'
import { nothing } from '../input'

const writer = z
  .object({
    writerId: z.string(),
    isRunning: z.boolean().describe('Whether a stratum process writes it now.'),
    arrivedSegments: big,
    arrivedShares: big,
    arrivedAtMs: maybe(timeMs).describe('When something arrived last.'),
    lagShares: maybe(count).describe(
      'Accepted shares that are not in the database yet; absent while nobody knows.',
    ),
    lagMs: maybe(z.number()).describe(
      'How long the oldest sealed segment that has not arrived has waited; 0 when all has.',
    ),
    sealedSegments: maybe(count).describe(
      'On the disk, those that have arrived and are kept for a while included.',
    ),
    sealedBytes: maybe(z.number()),
    unshippedSegments: maybe(count).describe('Sealed and not in the database.'),
    unshippedBytes: maybe(z.number()),
    setAside: maybe(count).describe('Damaged files.'),
    isHeld: z.boolean().describe('The database refuses its next segment.'),
  })
  .meta({
    id: 'JournalWriter',
    description: 'The journal of one stratum process, and how far it has arrived.',
  })

export const journalSchema = specify({
  summary: 'The journal: what is on the disks and not in the database, by writer',
  rest: { method: 'GET', path: '/console/journal' },
  access: 'operator:read',
  cost: 'read',
  input: nothing,
  output: z.object({
    disks: listOf(journalDisk).describe('Empty while no shipper reports.'),
    writers: listOf(writer).describe('Those that run first; at most 100.'),
  }),
})
