'use client'

import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { formatUtc } from '../../../format/time'
import type { AppRouter } from '../../../server/routers/root'
import { useTRPC } from '../../../trpc/client'
import { Answer } from '../../answer'
import { Empty } from '../../empty'
import { Panel } from '../../panel'
import { Cell, Row, Rows, type Column } from '../../rows'
import { Skeleton } from '../../skeleton'
import { Unknown } from '../../unknown'
import { InForce } from './in-force'
import { SettingRow } from './setting-row'

const REFRESH_MS = 5_000

type Settings = inferRouterOutputs<AppRouter>['consoleSettings']['list']
export type ShownSetting = Settings['settings'][number]

/** What may change while the pool runs, and what it was started with. */
export function SettingsConsole() {
  const trpc = useTRPC()
  const query = useQuery({ ...trpc.consoleSettings.list.queryOptions(), refetchInterval: REFRESH_MS })
  return (
    <>
      <h1 className="mb-5 text-2xl">Settings</h1>
      <Answer query={query} what="settings" loading={<Skeleton className="h-96" />}>
        {({ settings, processes, programs }) => (
          <div className="grid gap-5">
            <Panel title="May change while the pool runs">
              <InForce processes={processes} />
              <ul className="divide-line mt-4 divide-y">
                {settings.map((setting) => (
                  <SettingRow key={setting.name} setting={setting} />
                ))}
              </ul>
            </Panel>
            {programs.length === 0 && (
              <Panel title="Take a restart">
                <Empty title="No program has told yet what it was started with" />
              </Panel>
            )}
            {programs.map((program) => (
              <ProgramPanel key={`${program.program} ${program.host}`} program={program} />
            ))}
          </div>
        )}
      </Answer>
    </>
  )
}

const COLUMNS: readonly Column[] = [{ name: 'Setting' }, { name: 'Value' }, { name: 'Source' }]

function ProgramPanel({
  program: { program, host, startedAtMs, lines },
}: {
  readonly program: Settings['programs'][number]
}) {
  return (
    <Panel title={`${program} on ${host} was started with`}>
      <p className="text-quiet mb-3 text-sm">
        Since {formatUtc(startedAtMs)}. A change of these takes another environment and a restart; passwords
        are left out.
      </p>
      <details>
        <summary className="link min-h-11 cursor-pointer py-2.5">
          {lines.filter(({ isDefault }) => !isDefault).length} of {lines.length} are not the default: show all
        </summary>
        <Rows caption={`Settings of ${program} on ${host}`} columns={COLUMNS}>
          {lines.map(({ name, value, isDefault }) => (
            <Row key={name}>
              <Cell label="Setting" span={3}>
                <span className="font-mono text-[0.8125rem] wrap-anywhere">{name}</span>
              </Cell>
              <Cell label="Value" span={2}>
                {value === undefined ? (
                  <Unknown why="not set" />
                ) : (
                  <span className="font-mono text-[0.8125rem] wrap-anywhere">{value}</span>
                )}
              </Cell>
              <Cell label="Source">
                {value === undefined ? 'not set' : isDefault ? 'default' : 'environment'}
              </Cell>
            </Row>
          ))}
        </Rows>
      </details>
    </Panel>
  )
}
