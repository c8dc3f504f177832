import { formatCount } from '../../../format/count'
import { Empty } from '../../empty'
import { Panel } from '../../panel'
import { Cell, Row, Rows, type Column } from '../../rows'
import type { ProfilesState } from './system-state'

const COLUMNS: readonly Column[] = [
  { name: 'Calls itself' },
  { name: 'Profile' },
  { name: 'Matched by' },
  { name: 'Sessions', numeric: true },
]

/** Who is here, by what it calls itself. */
export function ClientsPanel({ report: { clients, others } }: { readonly report: ProfilesState }) {
  return (
    <Panel title="Clients that are here">
      {clients.length === 0 ? (
        <Empty title="No client has subscribed">Each is listed by what it calls itself.</Empty>
      ) : (
        <Rows caption="Clients that are here" columns={COLUMNS}>
          {clients.map(({ userAgent, profile, pattern, isRule, next, sessions }) => (
            <Row key={`${profile} ${userAgent}`}>
              <Cell label="Calls itself" span={3}>
                {userAgent === '' ? (
                  <span className="text-faint">nothing</span>
                ) : (
                  <span className="font-mono text-[0.8125rem] wrap-anywhere">{userAgent}</span>
                )}
              </Cell>
              <Cell label="Profile">
                {profile}
                {next !== profile && (
                  <span className="text-faint block text-xs">{next} when it reconnects</span>
                )}
              </Cell>
              <Cell label="Matched by">
                {pattern === undefined ? (
                  <span className="text-faint">no pattern</span>
                ) : (
                  <>
                    <span className="font-mono text-[0.8125rem] wrap-anywhere">{pattern}</span>
                    {isRule && <span className="text-faint block text-xs">a rule</span>}
                  </>
                )}
              </Cell>
              <Cell label="Sessions" numeric>
                {formatCount(sessions)}
              </Cell>
            </Row>
          ))}
        </Rows>
      )}
      {others > 0 && (
        <p className="text-quiet mt-3 text-sm">Sessions of clients not listed: {formatCount(others)}.</p>
      )}
    </Panel>
  )
}
