import { MAX_PATTERN_CHARS, problemOfPattern } from '@headframe/core/stratum/user-agent-pattern'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../trpc/client'
import { Field } from '../../form/field'
import { ActionDialog } from '../action-dialog'
import { useMe } from '../use-me'
import { CaughtClients } from './caught-clients'
import { ProfileChoice } from './profile-choice'
import { RuleSays } from './rule-says'
import { patternsInForce, type ProfilesState, type RuleState } from './system-state'

interface AddRuleProps {
  readonly rules: readonly RuleState[]
  readonly maxRules: number
  readonly report: ProfilesState | undefined
}

/** Two fields and a button; whom the rule would catch is seen while it is typed. */
export function AddRule({ rules, maxRules, report }: AddRuleProps) {
  const { mayDo } = useMe()
  if (!mayDo('profiles.add-rule')) return null
  if (report === undefined)
    return <p className="text-faint mt-4 text-sm">Rules are made while a stratum process reports.</p>
  if (rules.length >= maxRules)
    return <p className="text-faint mt-4 text-sm">There are {maxRules} rules, as many as there may be.</p>
  return <Form rules={rules} report={report} maxRules={maxRules} />
}

function Form({ rules, report, maxRules }: AddRuleProps & { readonly report: ProfilesState }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const add = useMutation(
    trpc.consoleProfiles.addRule.mutationOptions({
      onSuccess: () => {
        setText('')
        setName('')
        return queryClient.invalidateQueries()
      },
    }),
  )
  const pattern = text.trim().toLowerCase()
  const problem = problemOf(pattern, rules)
  const profile = report.profiles.find((each) => each.name === name)
  const isReady = problem === undefined && profile !== undefined
  const caught = <CaughtClients pattern={pattern} patterns={patternsInForce(rules, report)} report={report} />
  return (
    <div className="border-line mt-5 border-t pt-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Clients whose user agent fits"
          note={
            (pattern === '' ? undefined : problem) ??
            `Text, with an asterisk at its start or end where anything may stand. ${rules.length} of ${maxRules} rules are made.`
          }
          value={text}
          maxLength={MAX_PATTERN_CHARS}
          placeholder="cgminer/4.12*"
          onChange={(event) => setText(event.currentTarget.value)}
          className="font-mono"
        />
        <ProfileChoice label="Get the profile" value={name} onChoose={setName} report={report} />
      </div>
      <div className="my-4">{problem === undefined && caught}</div>
      <ActionDialog
        action="profiles.add-rule"
        isReady={isReady}
        run={() => add.mutateAsync({ pattern, profile: name })}
      >
        {isReady ? (
          <>
            <RuleSays pattern={pattern} profile={profile} report={report} />
            {caught}
          </>
        ) : (
          <p>Say first what user agents fit, and which profile their clients get.</p>
        )}
      </ActionDialog>
    </div>
  )
}

function problemOf(pattern: string, rules: readonly RuleState[]): string | undefined {
  const problem = problemOfPattern(pattern)
  if (problem !== null) return `The pattern ${problem}.`
  return rules.some((rule) => rule.pattern === pattern)
    ? 'There is a rule for it: change that one.'
    : undefined
}
