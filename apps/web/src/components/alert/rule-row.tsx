import { useId, type SyntheticEvent } from 'react'
import type { Action, AlertOverview, RuleChoice } from './alerts-view'
import { BOX, BUTTON, textOf } from './styles'

interface RuleRowProps {
  readonly rule: AlertOverview['rules'][number]
  readonly action: Action<RuleChoice>
}

/** One rule: on or off at once, its numbers when they are saved. */
export function RuleRow({ rule: { rule, title, explanation, isOn, parameters }, action }: RuleRowProps) {
  const id = useId()
  const current = Object.fromEntries(parameters.map(({ name, value }) => [name, value]))
  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const chosen = parameters.map(({ name }) => [name, Number(textOf(data.get(name)))] as const)
    action.mutate({ rule, isOn, parameters: Object.fromEntries(chosen) })
  }
  return (
    <li className="grid gap-2 py-3 text-sm">
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          className="size-5"
          checked={isOn}
          disabled={action.isPending}
          aria-describedby={`${id}why`}
          onChange={({ target }) => action.mutate({ rule, isOn: target.checked, parameters: current })}
        />
        {title}
      </label>
      <p id={`${id}why`} className="text-quiet">
        {explanation}
      </p>
      {isOn && parameters.length > 0 && (
        <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
          {parameters.map(({ name, label, unit, value, min, max }) => (
            <label key={`${name}${value}`} className="text-quiet">
              {label} {unit === '' ? '' : `(${unit})`}
              <input
                name={name}
                type="number"
                required
                min={min}
                max={max}
                defaultValue={value}
                className={`${BOX} mt-1 max-w-32`}
              />
            </label>
          ))}
          <button type="submit" className={BUTTON} disabled={action.isPending} aria-label={`Save ${title}`}>
            Save
          </button>
        </form>
      )}
    </li>
  )
}
