import type { RequestContext } from '../../context'
import { readAlerts } from '../../alert/overview'
import type { Change } from '../../operators/recorded-action'
import type { OperatorViewer } from '../../viewer'

interface Changing extends Pick<RequestContext, 'database' | 'nowMs'> {
  readonly viewer: OperatorViewer
  readonly change: Change
}

/** Changes channels, on record: by their numbers, and by no more of where they lead than everybody sees. */
export function changeChannels<T>(ctx: Changing, run: () => Promise<T>): Promise<T> {
  return ctx.change.make(async () => {
    const { channels } = await readAlerts(ctx, ctx.viewer)
    return Object.fromEntries(
      channels.map(({ id, kind, name, hint, minLevel, isVerified }) => [
        `channel ${id}`,
        `${name}: ${kind} ${hint}, from ${minLevel}${isVerified ? '' : ', not confirmed'}`,
      ]),
    )
  }, run)
}

export function changeRules<T>(ctx: Changing, run: () => Promise<T>): Promise<T> {
  return ctx.change.make(async () => {
    const { rules } = await readAlerts(ctx, ctx.viewer)
    return Object.fromEntries(
      rules.map(({ rule, isOn, parameters }) => [
        rule,
        isOn ? ['on', ...parameters.map(({ name, value }) => `${name} ${value}`)].join(', ') : 'off',
      ]),
    )
  }, run)
}

export function changeWishes<T>(ctx: Changing, run: () => Promise<T>): Promise<T> {
  return ctx.change.make(async () => (await readAlerts(ctx, ctx.viewer)).wishes, run)
}
