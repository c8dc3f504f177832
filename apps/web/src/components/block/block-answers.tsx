import { formatUtc } from '../../format/time'
import { Panel } from '../panel'
import { Cell, Row, Rows, type Column } from '../rows'
import type { BlockState } from './block-state'

const COLUMNS: readonly Column[] = [
  { name: 'Node' },
  { name: 'Answer' },
  { name: 'What it means' },
  { name: 'Took', numeric: true },
  { name: 'At', numeric: true },
]

const TONES = { accepted: 'text-copper', open: 'text-quiet', refused: 'text-oxide' } as const

/** What each node said when the block was brought to it; nothing until the first has answered. */
export function BlockAnswers({ answers }: Pick<BlockState, 'answers'>) {
  if (answers.length === 0) return null
  return (
    <Panel title="What the nodes said">
      <Rows caption="Answers of the nodes" columns={COLUMNS}>
        {answers.map((answer) => (
          <Row key={`${answer.node} ${answer.call} ${answer.answeredAtMs}`}>
            <Cell label="Node" span={3}>
              <span className="wrap-anywhere">{answer.node}</span>
            </Cell>
            <Cell label="Answer" span={3}>
              <span className={`font-mono wrap-anywhere ${TONES[answer.standing]}`}>
                {answer.call === 'preciousblock' ? 'preciousblock: ' : ''}
                {answer.reason ?? 'accepted'}
              </span>
            </Cell>
            <Cell label="What it means" span={3}>
              {answer.meaning}
            </Cell>
            <Cell label="Took" numeric>
              {answer.tookMs.toFixed(answer.tookMs < 10 ? 1 : 0)} ms
            </Cell>
            <Cell label="At" numeric span={2}>
              {formatUtc(answer.answeredAtMs)}
            </Cell>
          </Row>
        ))}
      </Rows>
    </Panel>
  )
}
