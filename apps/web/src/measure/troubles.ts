import type { StatusState } from '../components/status/status-state'

/** Something that is wrong, or waits for an operator. */
export interface Trouble {
  /** `wrong`: it costs somebody something now; `waits`: it does when nobody looks at it. */
  readonly weight: 'wrong' | 'waits'
  /** A sentence without a full stop. */
  readonly title: string
  readonly detail?: string
  readonly sinceMs?: number
  /** Where one sees more, or mends it. */
  readonly href: string
}

/** What an operator wants to know first, the worst first. */
export function troublesOf(status: StatusState): Trouble[] {
  const found = [
    ...troublesOfNodes(status),
    ...troublesOfWork(status),
    ...troublesOfRecord(status),
    ...troublesOfPayouts(status),
  ]
  return [
    ...found.filter(({ weight }) => weight === 'wrong'),
    ...found.filter(({ weight }) => weight === 'waits'),
  ]
}

const NODES = '/console/nodes'
const PROCESSES = '/console/processes'
const PAYOUTS = '/console/payouts'

function troublesOfNodes({ node }: StatusState): Trouble[] {
  if (!node.known) {
    const isFeed = node.why === 'feed-away'
    const title = isFeed ? 'The live feed (Redis) is away' : 'serve does not report'
    const detail = isFeed ? 'What is live is not known here; mining does not depend on it' : 'Is it running?'
    return [{ weight: isFeed ? 'waits' : 'wrong', title, detail, href: PROCESSES }]
  }
  const { state, message, sinceMs, nodes } = node.value
  const found: Trouble[] = []
  if (state !== 'ok')
    found.push({
      weight: 'wrong',
      title: `The pool's node is ${state}`,
      detail: message,
      sinceMs,
      href: NODES,
    })
  for (const entry of nodes) {
    if (entry.state === 'ok' || entry.isChosen) continue
    const title = `Node ${entry.name} is ${entry.state}`
    found.push({ weight: 'waits', title, detail: entry.message, sinceMs: entry.sinceMs, href: NODES })
  }
  return found
}

function troublesOfWork({ selfCheck, canary, processes, node }: StatusState): Trouble[] {
  const found: Trouble[] = []
  for (const { variant, result } of selfCheck.known ? selfCheck.value.results : []) {
    if (result === null) continue
    const title = `A block with the coinbase for ${variant} would be refused`
    found.push({ weight: 'wrong', title, detail: result, href: NODES })
  }
  for (const { port, problems } of canary.known ? canary.value.ports : []) {
    if (problems.length === 0) continue
    const title = `The canary finds port ${port} wrong`
    found.push({ weight: 'wrong', title, detail: problems.join('; '), href: PROCESSES })
  }
  if (node.known && !processes.known && processes.why === 'not-reported')
    found.push({ weight: 'wrong', title: 'No stratum process reports', href: PROCESSES })
  return found
}

function troublesOfRecord({ record }: StatusState): Trouble[] {
  const sinceMs = record.untilMs
  if (record.state === 'journal-behind')
    return [
      {
        weight: 'waits',
        title: 'The shipper is behind',
        detail: 'Shares wait on the disks of the stratum processes',
        sinceMs,
        href: PROCESSES,
      },
    ]
  if (record.state === 'rollups-behind')
    return [
      {
        weight: 'waits',
        title: 'settle is behind',
        detail: 'Shares are not summed up',
        sinceMs,
        href: PROCESSES,
      },
    ]
  return []
}

function troublesOfPayouts({ payouts }: StatusState): Trouble[] {
  const { paused, problem, open } = payouts
  const found: Trouble[] = []
  if (problem !== undefined) {
    const title = `No payout goes on: ${problem.problem}`
    found.push({ weight: 'wrong', title, detail: problem.detail, sinceMs: problem.sinceMs, href: PAYOUTS })
  }
  if (paused !== undefined) {
    const title = `Payouts are paused by ${paused.by}`
    found.push({ weight: 'waits', title, detail: paused.reason, sinceMs: paused.sinceMs, href: PAYOUTS })
  }
  for (const payout of open) {
    const href = `${PAYOUTS}/${payout.id}`
    if (payout.awaitsApproval)
      found.push({
        weight: 'waits',
        title: `Payout ${payout.id} awaits approval`,
        sinceMs: payout.createdAtMs,
        href,
      })
    if (payout.problem !== undefined) {
      const { detail, sinceMs } = payout.problem
      const title = `Payout ${payout.id} does not go on: ${payout.problem.problem}`
      found.push({ weight: 'waits', title, detail, sinceMs, href })
    }
  }
  return found
}
