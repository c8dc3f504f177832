import type { ProfileState, ProfilesState } from './system-state'
import { treatmentOf } from './treatment'

interface RuleSaysProps {
  readonly pattern: string
  readonly profile: ProfileState
  readonly report: ProfilesState
}

/** What will happen by a rule, in words. */
export function RuleSays({ pattern, profile, report }: RuleSaysProps) {
  const treatment = treatmentOf(profile, report.profiles.at(-1)!)
  return (
    <>
      <p>
        Within seconds, clients that call themselves{' '}
        <span className="text-ink font-mono wrap-anywhere">{pattern}</span> get the profile{' '}
        <span className="text-ink font-medium">{profile.name}</span> when they subscribe:{' '}
        {treatment.length === 0 ? 'as the default' : treatment.join('; ')}.
      </p>
      <p>
        Sessions that are open keep what they have until they reconnect. A client that is told to take a
        larger coinbase than its firmware can hold mines for nothing; one whose profile takes less than the
        pool&apos;s jobs have is closed.
      </p>
    </>
  )
}
