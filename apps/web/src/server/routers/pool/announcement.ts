import { readAnnouncement } from '../../announcement'
import { procedure } from '../../trpc'
import { announcementSchema } from './announcement.schema'

export const announcement = procedure(announcementSchema).query(({ ctx }) => readAnnouncement(ctx))
