import { Choice } from '../../form/choice'
import type { ProfilesState } from './system-state'

interface ProfileChoiceProps {
  readonly label: string
  /** Empty: none is chosen. */
  readonly value: string
  readonly onChoose: (name: string) => void
  readonly report: ProfilesState
}

/** One of the profiles that the stratum processes have. */
export function ProfileChoice({ report: { profiles }, ...choice }: ProfileChoiceProps) {
  return (
    <Choice {...choice}>
      <option value="" disabled>
        Choose
      </option>
      {profiles.map(({ name }) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </Choice>
  )
}
