import { listWriters, type ArrivedChain } from '@headframe/db/journal/list-writers'
import { poolSettings, type Context } from '../../context'
import { readJournals, readStratum, type JournalReport, type StratumReport } from '../../live/read-system'
import { operatorProcedure } from '../../trpc'
import { journalSchema } from './journal.schema'

const MAX_WRITERS = 100

/** How far what miners were told is accepted has come. */
export const journal = operatorProcedure(journalSchema).query(({ ctx }) =>
  ctx.cache.get('console.journal', () => read(ctx)),
)

type OnDisk = JournalReport['writers'][number]

async function read(context: Context) {
  const settings = await poolSettings(context)
  if (settings === undefined) return { disks: [], writers: [] }
  const { network } = settings
  const { commands } = context.live
  const nowMs = context.nowMs()
  const [arrived, stratum, journals] = await Promise.all([
    listWriters(context.database.pool, MAX_WRITERS),
    readStratum(commands, network, nowMs),
    readJournals(commands, network, nowMs),
  ])
  const processes = stratum.known ? stratum.value : new Map<string, StratumReport>()
  const hosts = journals.known ? [...journals.value] : []
  const onDisk = new Map(
    hosts.flatMap(([, { writers }]) => writers.map((writer) => [writer.writerId, writer])),
  )
  const chains = new Map(arrived.map((chain) => [chain.writerId, chain]))
  const names = [...new Set([...processes.keys(), ...chains.keys(), ...onDisk.keys()])].slice(0, MAX_WRITERS)
  return {
    disks: hosts.map(([host, { atMs, freeBytes, totalBytes }]) => ({ host, atMs, freeBytes, totalBytes })),
    writers: names.map((name) =>
      describe(name, chains.get(name), processes.get(name), onDisk.get(name), nowMs),
    ),
  }
}

function describe(
  writerId: string,
  chain: ArrivedChain | undefined,
  process: StratumReport | undefined,
  disk: OnDisk | undefined,
  nowMs: number,
) {
  const arrivedShares = chain?.shares ?? 0n
  const lagShares =
    process?.nextShareSeq === undefined
      ? undefined
      : Math.max(0, Number(process.nextShareSeq - arrivedShares))
  return {
    ...{ writerId, isRunning: process !== undefined, arrivedShares, lagShares },
    arrivedSegments: chain?.segments ?? 0n,
    arrivedAtMs: chain?.arrivedAtMs,
    lagMs: lagOf(lagShares, disk, nowMs),
    sealedSegments: disk?.sealed,
    sealedBytes: disk?.sealedBytes,
    unshippedSegments: disk?.unshipped,
    unshippedBytes: disk?.unshippedBytes,
    setAside: disk?.setAside,
    isHeld: disk?.isHeld ?? false,
  }
}

/** How long the oldest sealed segment has waited; what is not sealed is younger than a second. Undefined: nobody says. */
function lagOf(lagShares: number | undefined, disk: OnDisk | undefined, nowMs: number): number | undefined {
  if (lagShares === 0 || disk?.unshipped === 0) return 0
  return disk?.oldestUnshippedAtMs && Math.max(0, nowMs - disk.oldestUnshippedAtMs)
}
