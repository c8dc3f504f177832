import { networkOf } from '../../address'
import type { Context } from '../../context'
import { refuse } from '../../error/refuse'
import { readProfiles } from '../../live/read-system'

/** A profile that no stratum process has is a slip of the pen. Throws while nobody tells which there are. */
export async function assertKnown(ctx: Context, name: string): Promise<void> {
  const reports = await readProfiles(ctx.live.commands, await networkOf(ctx), ctx.nowMs())
  if (!reports.known) throw refuse('engine-away', 'No stratum process tells which profiles there are.')
  const names = new Set(reports.value.flatMap(({ profiles }) => profiles.map((profile) => profile.name)))
  if (names.has(name)) return
  throw refuse('not-found', `No stratum process has a profile ${name}; they have ${[...names].join(', ')}.`)
}
