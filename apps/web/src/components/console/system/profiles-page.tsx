'use client'

import { useQuery } from '@tanstack/react-query'
import { formatCount } from '../../../format/count'
import { useTRPC } from '../../../trpc/client'
import { Answer } from '../../answer'
import { Empty } from '../../empty'
import { Hint } from '../../hint'
import { Notice } from '../../notice'
import { Panel } from '../../panel'
import { Cell, Row, Rows, type Column } from '../../rows'
import { Skeleton } from '../../skeleton'
import { WHY_UNKNOWN } from '../../status/status-state'
import { ClientsPanel } from './clients-panel'
import { RulesPanel } from './rules-panel'
import { REFRESH_MS, type ProfilesState, type ProfileState } from './system-state'
import { treatmentOf } from './treatment'

/** What the pool knows of mining clients, and who of them is here. */
export function ProfilesPage() {
  const trpc = useTRPC()
  const query = useQuery({ ...trpc.consoleSystem.profiles.queryOptions(), refetchInterval: REFRESH_MS })
  const rules = useQuery({ ...trpc.consoleProfiles.rules.queryOptions(), refetchInterval: REFRESH_MS })
  const told = query.data?.known === true ? query.data.value : undefined
  return (
    <>
      <h1 className="mb-5 text-2xl">Client profiles</h1>
      <div className="grid gap-5">
        <Answer query={query} what="client profiles" loading={<Skeleton className="h-96" />}>
          {(report) => (report.known ? <Trouble report={report.value} /> : <Nobody why={report.why} />)}
        </Answer>
        <Answer query={rules} what="rules" loading={<Skeleton className="h-64" />}>
          {(state) => <RulesPanel state={state} report={told} />}
        </Answer>
        {told !== undefined && (
          <>
            <ClientsPanel report={told} />
            <ProfilesPanel report={told} />
          </>
        )}
      </div>
    </>
  )
}

const Nobody = ({ why }: { readonly why: keyof typeof WHY_UNKNOWN }) => (
  <Empty title={WHY_UNKNOWN[why]}>Each stratum process tells which profiles it has every five seconds.</Empty>
)

function Trouble({ report: { problem, isUniform } }: { readonly report: ProfilesState }) {
  if (problem !== undefined)
    return (
      <Notice tone="wrong" title="The file of profiles cannot be used; those before it are in force">
        <span className="wrap-anywhere">{problem}</span>
      </Notice>
    )
  if (isUniform) return null
  return (
    <Notice tone="wait" title="Not all stratum processes have the same profiles">
      The file or a rule was changed just now, or the hosts have different files.
    </Notice>
  )
}

const COLUMNS: readonly Column[] = [
  { name: 'Profile' },
  { name: 'Clients that call themselves' },
  { name: 'Treated differently' },
  { name: 'Sessions now', numeric: true },
  {
    name: 'Given',
    numeric: true,
    hint: (
      <Hint term="given">
        Clients that were given the profile since the stratum processes began. One that nobody is given has a
        pattern that does not fit, or stands behind one that fits first.
      </Hint>
    ),
  },
]

function ProfilesPanel({ report: { profiles, hasFile } }: { readonly report: ProfilesState }) {
  const others = profiles.at(-1)
  if (others === undefined) return null
  return (
    <Panel title="Profiles, in the order in which they are tried">
      <p className="text-quiet mb-4 max-w-prose text-sm">
        {hasFile
          ? 'STRATUM_PROFILES_FILE adds to what is built in. '
          : 'These are built in; STRATUM_PROFILES_FILE names a file that adds to them. '}
        The file is read again whenever it changes, and holds for who subscribes from then on. What a profile
        is, is not changed here; who gets which, the rules say.
      </p>
      <Rows caption="Client profiles" columns={COLUMNS} isWide>
        {profiles.map((profile) => (
          <ProfileRow key={profile.name} profile={profile} others={others} />
        ))}
      </Rows>
    </Panel>
  )
}

interface ProfileRowProps {
  readonly profile: ProfileState
  readonly others: ProfileState
}

function ProfileRow({ profile, others }: ProfileRowProps) {
  const { name, userAgents, notes, sessions, hits } = profile
  const treatment = treatmentOf(profile, others)
  return (
    <Row>
      <Cell label="Profile" span={3}>
        <span className="font-medium">{name}</span>
      </Cell>
      <Cell label="Clients that call themselves" span={3}>
        {userAgents.length === 0 ? (
          'anything else'
        ) : (
          <span className="font-mono text-[0.8125rem] wrap-anywhere">{userAgents.join(', ')}</span>
        )}
      </Cell>
      <Cell label="Treated differently" span={3}>
        {treatment.length === 0 ? <span className="text-faint">as the default</span> : treatment.join('; ')}
        {notes !== '' && <span className="text-faint block text-xs">{notes}</span>}
      </Cell>
      <Cell label="Sessions now" numeric>
        {formatCount(sessions)}
      </Cell>
      <Cell label="Given" numeric>
        {formatCount(hits)}
      </Cell>
    </Row>
  )
}
