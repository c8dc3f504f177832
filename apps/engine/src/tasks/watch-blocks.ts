import { z } from 'zod'
import type { BlockWatch } from '../block/block-watch.js'
import { OFTEN, type Task } from './task.js'

/** Follows every found block to maturity, or to the chain that beat it. */
export function watchBlocksTask({ watch }: { readonly watch: BlockWatch }): Task {
  return {
    name: 'watch-blocks',
    schedule: { everyMs: 2_000 },
    schema: z.object({}),
    policy: OFTEN,
    handler: () => watch.run(),
  }
}
