import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../trpc/client'
import { ActionDialog } from '../action-dialog'
import { CaughtClients } from './caught-clients'
import { ProfileChoice } from './profile-choice'
import { RuleSays } from './rule-says'
import type { ProfilesState, RuleState } from './system-state'

interface ChangeRuleProps {
  readonly rule: RuleState
  /** Of the rules in force. */
  readonly patterns: readonly string[]
  readonly report: ProfilesState
}

/** Another profile for the same clients. */
export function ChangeRule({ rule: { pattern, profile: held }, patterns, report }: ChangeRuleProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const change = useMutation(
    trpc.consoleProfiles.changeRule.mutationOptions({
      onSuccess: () => {
        setName('')
        return queryClient.invalidateQueries()
      },
    }),
  )
  const profile = report.profiles.find((each) => each.name === name)
  return (
    <ActionDialog
      action="profiles.change-rule"
      isReady={profile !== undefined && name !== held}
      run={() => change.mutateAsync({ pattern, profile: name })}
    >
      <p>
        Now clients that call themselves <span className="text-ink font-mono wrap-anywhere">{pattern}</span>{' '}
        get <span className="text-ink font-medium">{held}</span>.
      </p>
      <ProfileChoice label="From now on" value={name} onChoose={setName} report={report} />
      {profile !== undefined && <RuleSays pattern={pattern} profile={profile} report={report} />}
      <CaughtClients pattern={pattern} patterns={patterns} report={report} />
    </ActionDialog>
  )
}

export function RemoveRule({ rule: { pattern, profile } }: { readonly rule: RuleState }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.consoleProfiles.removeRule.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  )
  return (
    <ActionDialog action="profiles.remove-rule" run={() => remove.mutateAsync({ pattern })}>
      <p>
        Clients that call themselves <span className="text-ink font-mono wrap-anywhere">{pattern}</span> no
        longer get <span className="text-ink font-medium">{profile}</span> when they subscribe, but what
        another rule or the patterns of the profiles say. Sessions that are open keep what they have.
      </p>
    </ActionDialog>
  )
}
