import { PROGRAM_SILENT_AFTER_MS, PROGRAMS } from '@headframe/core/live/live-system'
import { listAlarms } from '@headframe/db/alarm/alarms'
import { poolSettings, type Context } from '../../context'
import { readPrograms, readStratum, type ProgramReport, type StratumReport } from '../../live/read-system'
import { operatorProcedure } from '../../trpc'
import { processesSchema } from './processes.schema'

const MAX_ALARMS = 100

/** Who runs, since when, and what is wrong. */
export const processes = operatorProcedure(processesSchema).query(({ ctx }) =>
  ctx.cache.get('console.processes', () => read(ctx)),
)

async function read(context: Context) {
  const { database, live, nowMs: clock } = context
  const nowMs = clock()
  const [settings, alarms] = await Promise.all([poolSettings(context), listAlarms(database.pool, MAX_ALARMS)])
  if (settings === undefined)
    return { nowMs, alarms, programs: { known: false as const, why: 'not-reported' as const } }
  const [programs, stratum] = await Promise.all([
    readPrograms(live.commands, settings.network, nowMs),
    readStratum(live.commands, settings.network, nowMs),
  ])
  if (!programs.known) return { nowMs, alarms, programs }
  const processes = stratum.known ? stratum.value : new Map<string, StratumReport>()
  const value = programs.value.map((report) => describe(report, processes.get(report.name), nowMs))
  return { nowMs, alarms, programs: { known: true as const, value: value.sort(inOrder) } }
}

function describe(report: ProgramReport, process: StratumReport | undefined, nowMs: number) {
  const isSilent = nowMs - report.atMs > PROGRAM_SILENT_AFTER_MS
  const seen = report.program === 'stratum' && !isSilent ? process : undefined
  return { ...report, isSilent, connections: seen?.connections, workers: seen?.workers }
}

/** As work goes through them, and those of one kind always in the same order. */
function inOrder(a: ProgramReport, b: ProgramReport): number {
  const byProgram = PROGRAMS.indexOf(a.program) - PROGRAMS.indexOf(b.program)
  return byProgram !== 0 ? byProgram : keyOf(a) < keyOf(b) ? -1 : 1
}

const keyOf = ({ host, name, pid }: ProgramReport): string => `${host} ${name} ${pid}`
