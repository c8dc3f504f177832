import { formatBytes } from '../../../format/bytes'
import { formatCount } from '../../../format/count'
import { formatRatio } from '../../../format/percent'
import { formatDuration } from '../../../format/time'
import { Age } from '../../age'
import { Empty } from '../../empty'
import { Hint } from '../../hint'
import { Notice } from '../../notice'
import { Panel } from '../../panel'
import { Cell, Row, Rows, type Column } from '../../rows'
import { Unknown } from '../../unknown'
import type { JournalState, WriterState } from './system-state'

const COLUMNS: readonly Column[] = [
  { name: 'Writer' },
  { name: 'Arrived', numeric: true },
  {
    name: 'Behind',
    numeric: true,
    hint: (
      <Hint term="behind">
        Shares that miners were told are accepted, and that are not in the database yet. They lie on the disk
        of the stratum process and are not lost; a second&apos;s worth is usual.
      </Hint>
    ),
  },
  { name: 'Not shipped', numeric: true },
  { name: 'On disk', numeric: true },
  { name: 'Last arrival', numeric: true },
]
/** Below this part of the disk it is time to make room. */
const LOW_DISK = 0.1

export function JournalPanel({ journal: { disks, writers } }: { readonly journal: JournalState }) {
  return (
    <Panel title="Journal">
      <div className="grid gap-4">
        {disks.length === 0 && (
          <Notice tone="wait" title="No shipper reports">
            What lies on the disks of serve is not known here. What has arrived stands in the database.
          </Notice>
        )}
        {disks.map((disk) => (
          <Disk key={disk.host} disk={disk} />
        ))}
        {writers.length === 0 ? (
          <Empty title="No writer yet">
            Each stratum process writes a journal of its own from its start on.
          </Empty>
        ) : (
          <Rows caption="Journal by writer" columns={COLUMNS} isWide>
            {writers.map((writer) => (
              <WriterRow key={writer.writerId} writer={writer} />
            ))}
          </Rows>
        )}
      </div>
    </Panel>
  )
}

function Disk({
  disk: { host, freeBytes, totalBytes, atMs },
}: {
  readonly disk: JournalState['disks'][number]
}) {
  const part = totalBytes === 0 ? 0 : freeBytes / totalBytes
  const text = `${formatBytes(freeBytes)} of ${formatBytes(totalBytes)} free (${formatRatio(part)})`
  if (part < LOW_DISK)
    return (
      <Notice tone="wrong" title={`The disk of the journal on ${host} is nearly full: ${text}`}>
        When it is full, shares are refused until there is room.
      </Notice>
    )
  return (
    <p className="text-quiet">
      Disk on {host}: {text}, <Age atMs={atMs} />
    </p>
  )
}

function WriterRow({ writer }: { readonly writer: WriterState }) {
  const { writerId, isRunning, arrivedShares, arrivedSegments, arrivedAtMs, lagShares, lagMs } = writer
  const { sealedSegments, sealedBytes, unshippedSegments, unshippedBytes, setAside, isHeld } = writer
  return (
    <Row>
      <Cell label="Writer" span={3}>
        <span className="font-mono text-[0.8125rem]">{writerId}</span>
        <span className="text-faint ml-2 text-xs">{isRunning ? 'writes now' : 'nobody writes it'}</span>
        {isHeld && (
          <span className="text-oxide block text-xs">
            held: the database refuses its next segment; see the log
          </span>
        )}
        {setAside !== undefined && setAside > 0 && (
          <span className="text-oxide block text-xs">
            {formatCount(setAside)} damaged {setAside === 1 ? 'file' : 'files'} set aside
          </span>
        )}
      </Cell>
      <Cell label="Arrived" numeric>
        {formatCount(arrivedShares)}
        <span className="text-faint block text-xs">
          {formatCount(arrivedSegments)} {arrivedSegments === 1n ? 'segment' : 'segments'}
        </span>
      </Cell>
      <Cell label="Behind" numeric>
        {lagShares === undefined ? (
          <Unknown why="its process does not report" />
        ) : (
          `${formatCount(lagShares)} ${lagShares === 1 ? 'share' : 'shares'}`
        )}
        {lagMs !== undefined && lagMs > 0 && (
          <span className="text-faint block text-xs">{formatDuration(lagMs)}</span>
        )}
      </Cell>
      <Cell label="Not shipped" numeric>
        <Segments segments={unshippedSegments} bytes={unshippedBytes} />
      </Cell>
      <Cell label="On disk" numeric>
        <Segments segments={sealedSegments} bytes={sealedBytes} />
      </Cell>
      <Cell label="Last arrival" numeric>
        {arrivedAtMs === undefined ? <Unknown why="nothing has arrived yet" /> : <Age atMs={arrivedAtMs} />}
      </Cell>
    </Row>
  )
}

interface SegmentsProps {
  readonly segments: number | undefined
  readonly bytes: number | undefined
}

function Segments({ segments, bytes }: SegmentsProps) {
  if (segments === undefined || bytes === undefined) return <Unknown why="no shipper reports it" />
  return (
    <>
      {formatCount(segments)}
      <span className="text-faint block text-xs" title={`${formatCount(bytes)} bytes`}>
        {formatBytes(bytes)}
      </span>
    </>
  )
}
