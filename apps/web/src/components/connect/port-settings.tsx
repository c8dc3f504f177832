import type { inferRouterOutputs } from '@trpc/server'
import { formatCount, formatDifficulty } from '../../format/count'
import type { AppRouter } from '../../server/routers/root'
import { CopyField } from '../copy-field'
import { WindowHint } from '../terms'

export type Connection = NonNullable<inferRouterOutputs<AppRouter>['pool']['connect']>
type Port = Connection['ports'][number]

interface PortSettingsProps {
  readonly port: Port
  readonly connection: Connection
  readonly pageHost: string
  readonly address: string | undefined
}

export const MODE_NAMES = { pplns: 'PPLNS', solo: 'SOLO', fpps: 'FPPS' } as const

export const ADDRESS_STARTS = {
  mainnet: 'bc1q',
  testnet3: 'tb1q',
  testnet4: 'tb1q',
  signet: 'tb1q',
  regtest: 'bcrt1q',
} as const

/** What to type into a miner for one port, and what to expect there. */
export function PortSettings({ port, connection, pageHost, address }: PortSettingsProps) {
  const host = connection.host ?? pageHost
  const start = ADDRESS_STARTS[connection.network]
  const scheme = port.tls ? 'stratum+ssl' : 'stratum+tcp'
  return (
    <div className="space-y-4">
      <CopyField label="URL" value={`${scheme}://${host}:${port.port}`} />
      <CopyField
        label="User"
        value={`${address ?? `${start}…your-address`}.rig1`}
        note={`${address === undefined ? `An address of your own (${connection.network}): it is who is paid. ` : ''}Behind the dot, a name for the machine.`}
      />
      <CopyField label="Password" value="x" note={passwordNote(port)} />
      <dl className="border-line grid gap-3 border-t pt-4 text-sm">
        <Term name="Pays">
          <PaysText port={port} connection={connection} />
        </Term>
        <Term name="Difficulty">{difficultyText(port)}</Term>
      </dl>
    </div>
  )
}

function Term({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[5.5rem_1fr] gap-2">
      <dt className="text-faint">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

export function PaysText({ port, connection }: { readonly port: Port; readonly connection: Connection }) {
  if (port.mode === 'fpps') {
    const fee = connection.fppsFeeBasisPoints
    return (
      <>
        Each share what it is worth on average, whether or not a block is found, less{' '}
        {fee === undefined ? 'a fee of its own' : `${fee / 100} % fee`}.
      </>
    )
  }
  const fee = `${connection.feeBasisPoints / 100} %`
  if (port.mode === 'solo') return <>The whole reward to whoever finds the block, less {fee} fee.</>
  return (
    <>
      Everybody in the window of {formatCount(connection.pplnsWindow)}× a block&rsquo;s work, by work, less{' '}
      {fee} fee
      {connection.finderBonusBasisPoints > 0 && (
        <> and {connection.finderBonusBasisPoints / 100} % of the rest for the finder</>
      )}
      .{' '}
      {port.direct && (
        <>
          The block&rsquo;s own coinbase pays as many of them as your machine has room for; the others are
          owed.{' '}
        </>
      )}
      <WindowHint pplnsWindow={connection.pplnsWindow} />
    </>
  )
}

function passwordNote(port: Port): string {
  if (port.fixed) return 'Anything; it is not checked.'
  return 'Anything; it is not checked. d=4096 in it asks for that difficulty, md=512 for none below.'
}

function difficultyText(port: Port): string {
  const start = formatDifficulty(port.startDifficulty)
  if (port.fixed) return `${start}, fixed`
  return `Starts at ${start} and follows the machine, towards ${port.sharesPerMinute} shares a minute`
}
