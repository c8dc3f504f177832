import Link from 'next/link'
import { caughtBy } from '../../../measure/caught-clients'
import { formatCount } from '../../../format/count'
import { Age } from '../../age'
import { Empty } from '../../empty'
import { Panel } from '../../panel'
import { Cell, Row, Rows, type Column } from '../../rows'
import { Unknown } from '../../unknown'
import { InForce } from '../setting/in-force'
import { AddRule } from './add-rule'
import { ChangeRule, RemoveRule } from './rule-actions'
import { patternsInForce, type ProfilesState, type RulesState, type RuleState } from './system-state'

const COLUMNS: readonly Column[] = [
  { name: 'User agent fits' },
  { name: 'Profile' },
  { name: 'Sessions that fit', numeric: true },
  { name: 'Made' },
  { name: 'Action' },
]

interface RulesPanelProps {
  readonly state: RulesState
  /** Undefined: nobody tells. */
  readonly report: ProfilesState | undefined
}

/** What operators have said: which clients get which profile. */
export function RulesPanel({ state: { rules, maxRules, processes }, report }: RulesPanelProps) {
  return (
    <Panel title="Rules, tried before all profiles">
      <InForce processes={processes} />
      <p className="text-quiet mt-3 mb-4 max-w-prose text-sm">
        The rule with most text that fits is taken; then come STRATUM_PROFILES_FILE and what is built in. A
        rule counts for clients that subscribe after it: a session that is open keeps what it has until it
        reconnects, or is cut at{' '}
        <Link href="/console/sessions" className="link">
          Sessions
        </Link>
        .
      </p>
      {rules.length === 0 ? (
        <Empty title="No rule">Every client goes by the patterns of the profiles.</Empty>
      ) : (
        <Rows caption="Rules" columns={COLUMNS} isWide>
          {rules.map((rule) => (
            <RuleRow key={rule.pattern} rule={rule} rules={rules} report={report} />
          ))}
        </Rows>
      )}
      <AddRule rules={rules} maxRules={maxRules} report={report} />
    </Panel>
  )
}

interface RuleRowProps {
  readonly rule: RuleState
  readonly rules: readonly RuleState[]
  readonly report: ProfilesState | undefined
}

function RuleRow({ rule, rules, report }: RuleRowProps) {
  const { pattern, profile, changedAtMs, changedBy, passedOverBy = 0 } = rule
  return (
    <Row>
      <Cell label="User agent fits" span={3}>
        <span className="font-mono text-[0.8125rem] wrap-anywhere">{pattern}</span>
      </Cell>
      <Cell label="Profile" span={2}>
        <span className="font-medium">{profile}</span>
        {passedOverBy > 0 && (
          <span className="text-ochre block text-xs">
            {passedOverBy === report?.processes
              ? 'passed over: this version, and the file, have no such profile'
              : `passed over by ${formatCount(passedOverBy)} stratum processes, which have no such profile`}
          </span>
        )}
      </Cell>
      <Cell label="Sessions that fit" numeric>
        {report === undefined ? (
          <Unknown why="no stratum process reports" />
        ) : (
          formatCount(caughtBy(pattern, patternsInForce(rules, report), report.clients).sessions)
        )}
      </Cell>
      <Cell label="Made" span={3}>
        by {changedBy} <Age atMs={changedAtMs} />
      </Cell>
      <Cell label="Action" span={3}>
        <div className="flex flex-wrap gap-3">
          {report !== undefined && (
            <ChangeRule rule={rule} patterns={patternsInForce(rules, report)} report={report} />
          )}
          <RemoveRule rule={rule} />
        </div>
      </Cell>
    </Row>
  )
}
