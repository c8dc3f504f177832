import type { z } from 'zod'

/** What BullMQ does with a task that fails, and how much it remembers. */
export interface TaskPolicy {
  /** Tries before a run counts as failed. */
  readonly attempts: number
  /** Delay before the second try; it doubles with each. */
  readonly backoffMs: number
  /** Runs that are remembered, the latest. */
  readonly keepCompleted: number
  readonly keepFailed: number
}

/**
 * A piece of the control plane that runs again and again. A handler looks at the state of the world and not at what
 * it was told, so running it twice, or twice at once, changes nothing.
 */
export interface Task<Input = unknown> {
  /** Also the name of its queue. */
  readonly name: string
  readonly schedule: { readonly everyMs: number }
  /** What a run may be given; a scheduled run is given `{}`. */
  readonly schema: z.ZodType<Input>
  readonly handler: (input: Input) => Promise<void>
  readonly policy: TaskPolicy
}

/** For tasks that come round within seconds: the next run is the next try. */
export const OFTEN: TaskPolicy = { attempts: 1, backoffMs: 0, keepCompleted: 10, keepFailed: 100 }

/** For tasks that come round rarely. */
export const RARELY: TaskPolicy = { attempts: 5, backoffMs: 10_000, keepCompleted: 10, keepFailed: 100 }
