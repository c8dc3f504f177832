import type { WorkReason } from '@headframe/core/live/live-system'
import type { BlockTemplate } from '@headframe/core/template/block-template'

/**
 * What miners are given next. `empty`: the first on a new tip, without transactions. `full`: the first template of a
 * tip. `refresh`: another one of the same tip, for its fees.
 */
export type WorkKind = 'empty' | 'full' | 'refresh'

export interface Work {
  readonly kind: WorkKind
  readonly reason: WorkReason
  readonly template: BlockTemplate
  /** The first of its tip: miners drop what they had. */
  readonly isNewTip: boolean
  /** Whose template or tip it is. */
  readonly node: string
}
