import { choiceOf, rulesOf } from '@headframe/core/alert/rules'
import { readAlertKey } from '@headframe/db/alert/alert-key'
import { listChannels } from '@headframe/db/alert/channels'
import { listChoices } from '@headframe/db/alert/rules'
import { findOwner, kindOf, type AlertContext, type AlertViewer } from './owner'

const DEFAULT_GROUPING_SECONDS = 60

/** Channels, rules and quiet hours of whoever asks. */
export async function readAlerts(ctx: AlertContext, viewer: AlertViewer) {
  const db = ctx.database.pool
  const owner = await findOwner(ctx, viewer)
  const [key, channels, choices] = await Promise.all([
    readAlertKey(db),
    owner === undefined ? [] : listChannels(db, owner.ownerId),
    owner === undefined ? new Map<string, never>() : listChoices(db, owner.ownerId),
  ])
  return {
    wishes: {
      timeZone: owner?.timeZone ?? 'UTC',
      quietHours: owner?.quietHours ?? null,
      urgentPasses: owner?.urgentPasses ?? true,
      groupingSeconds: owner === undefined ? DEFAULT_GROUPING_SECONDS : owner.groupingMs / 1_000,
    },
    offers:
      key === undefined
        ? null
        : { kinds: key.offers.kinds, hasTelegramBot: key.offers.hasTelegramBot, nostrKey: key.nostrKey },
    channels: channels.map(({ verifiedAtMs, ...channel }) => ({
      ...channel,
      isVerified: verifiedAtMs !== undefined,
    })),
    rules: Object.entries(rulesOf(kindOf(viewer))).map(([rule, of]) => {
      const { isOn, parameters } = choiceOf(of, choices.get(rule))
      return {
        rule,
        title: of.title,
        explanation: of.explanation,
        level: of.level,
        isOn,
        parameters: Object.entries(of.parameters).map(([name, { label, unit, min, max }]) => ({
          name,
          label,
          unit,
          min,
          max,
          value: parameters[name]!,
        })),
      }
    }),
  }
}
