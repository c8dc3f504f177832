import { useId } from 'react'
import type { NewChannel } from './alerts-view'
import { BOX, LABEL, textOf } from './styles'

type Level = NonNullable<NewChannel['minLevel']>

const LEVELS = [
  ['info', 'everything'],
  ['warning', 'warnings and what is urgent'],
  ['urgent', 'only what is urgent'],
] as const

/** From which level on something is sent to a channel. */
export function LevelField({ minLevel }: { readonly minLevel: Level }) {
  const id = useId()
  return (
    <>
      <label htmlFor={id} className={LABEL}>
        It gets
      </label>
      <select id={id} name="level" defaultValue={minLevel} className={BOX}>
        {LEVELS.map(([level, text]) => (
          <option key={level} value={level}>
            {text}
          </option>
        ))}
      </select>
    </>
  )
}

export const levelOf = (form: FormData): Level => textOf(form.get('level')) as Level
