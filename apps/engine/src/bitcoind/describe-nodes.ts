import type { LiveNodeEntry, LivePeriod, NodeState, NodeStatus } from '@headframe/core/live/live-feed'
import { tipOf, type NodeWatch } from './node-watch.js'
import type { WorkDesk } from './work-desk.js'

/** All nodes, and how the pool stands with them. */
export interface NodeReport extends NodeStatus {
  readonly nodes: readonly LiveNodeEntry[]
  /** Of the tip; undefined while it is not known, and where the difficulty never changes. */
  readonly period?: LivePeriod | undefined
}

/** What the pool's state is by: one node with an unknown rule stops it, one that is in order is enough. */
const ORDER: readonly NodeState[] = [
  'unknown-rule',
  'ok',
  'syncing',
  'lagging',
  'failing',
  'away',
  'other-chain',
]

/** `tip` in display order. */
export function describeNodes(
  watches: readonly NodeWatch[],
  tip: string | undefined,
  desk: Pick<WorkDesk, 'chosen' | 'posted'>,
  nowMs: number,
): NodeReport {
  const nodes = watches.map((watch) => describeNode(watch, tip, desk, nowMs))
  const telling = ORDER.map((state) => nodes.find((node) => node.state === state)).find((node) => node)!
  const { name, state, message, height, networkDifficulty, sinceMs } = telling
  const text = message === '' || nodes.length === 1 ? message : `${name}: ${message}`
  return { state, message: text, height, networkDifficulty, sinceMs, nodes }
}

function describeNode(
  { name, status, offer, claim }: NodeWatch,
  tip: string | undefined,
  desk: Pick<WorkDesk, 'chosen' | 'posted'>,
  nowMs: number,
): LiveNodeEntry {
  const isOfTip = offer !== undefined && tipOf(offer.template) === tip
  return {
    name,
    ...status,
    templateFeesSats: isOfTip ? offer.template.feesSats.toString() : undefined,
    templateAgeMs: isOfTip ? nowMs - offer.atMs : undefined,
    isChosen: desk.posted !== undefined && desk.chosen === name,
    tip: claim && { ...claim, chainwork: claim.chainwork.toString() },
  }
}
