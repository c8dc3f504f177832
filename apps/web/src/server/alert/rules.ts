import { problemOfParameters, rulesOf } from '@headframe/core/alert/rules'
import { saveWishes } from '@headframe/db/alert/owner'
import { saveChoice } from '@headframe/db/alert/rules'
import { refuse } from '../error/refuse'
import type { RuleChoiceInput, Wishes } from '../schema/alert'
import { kindOf, openOwnerId, type AlertContext, type AlertViewer } from './owner'

export async function saveRuleFor(
  ctx: AlertContext,
  viewer: AlertViewer,
  { rule, ...choice }: RuleChoiceInput,
) {
  const rules = rulesOf(kindOf(viewer))
  const known = Object.hasOwn(rules, rule) ? rules[rule] : undefined
  if (known === undefined) throw refuse('not-found', 'There is no such rule.')
  const problem = problemOfParameters(known, choice.parameters)
  if (problem !== null) throw refuse('input-invalid', problem)
  await saveChoice(ctx.database.pool, await openOwnerId(ctx, viewer), rule, choice, ctx.nowMs())
  return { done: true } as const
}

export async function saveWishesFor(ctx: AlertContext, viewer: AlertViewer, wishes: Wishes) {
  const { quietHours, ...rest } = wishes
  const ownerId = await openOwnerId(ctx, viewer)
  await saveWishes(ctx.database.pool, ownerId, { ...rest, quietHours: quietHours ?? undefined })
  return { done: true } as const
}
