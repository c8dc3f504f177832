import { bytesToHex, equalBytes, hexToBytes } from '@headframe/core/bytes'
import { parseBlock, type Block } from '@headframe/core/chain/block'
import { serialiseHeader } from '@headframe/core/chain/header'
import { merklePath } from '@headframe/core/chain/merkle'
import type { Network } from '@headframe/core/chain/network'
import { serialiseTransaction, txid } from '@headframe/core/chain/transaction'
import { nodeHash } from '@headframe/core/journal/merkle-sum'
import type { AuditRow } from '@headframe/core/published/audit-row'
import { blockAuditDocument, MAX_AUDIT_ROWS } from '@headframe/core/published/block-audit'
import {
  signBlockStatement,
  type BlockStatement,
  type SharePlace,
} from '@headframe/core/published/block-statement'
import { canonicalJson } from '@headframe/core/published/canonical-json'
import { payoutRoot } from '@headframe/core/published/payout-tree'
import type { SigningKey } from '@headframe/core/signature'
import { listBlockEarnings } from '@headframe/db/block/list-block-earnings'
import { readBlock } from '@headframe/db/block/read-block'
import { readSplit } from '@headframe/db/block/read-split'
import type { Database } from '@headframe/db/database'
import { listPoolScripts } from '@headframe/db/pool/list-pool-scripts'
import type { UnstatedBlock } from '@headframe/db/public-log/list-unstated-blocks'
import type { SharePosition } from '@headframe/db/window/share-position'
import type { RpcClient } from '../bitcoind/rpc-client.js'

export interface StateOptions {
  readonly network: Network
  readonly key: SigningKey
}

export interface StateModules {
  readonly db: Pick<Database, 'pool'>
  readonly rpc: Pick<RpcClient, 'call'>
}

/** Verbosity of `getblock`: the block itself, as hex. */
const RAW = 0

/**
 * The audit document of a settled block: what the books say of it, and what the block itself says. The block is read from
 * the node now, while every node has it; the document keeps of it what a stranger needs, so that later nobody has to.
 */
export async function stateBlock(
  options: StateOptions,
  { db, rpc }: StateModules,
  unstated: UnstatedBlock,
): Promise<string> {
  const block = parseBlock(hexToBytes(await rpc.call<string>('getblock', [unstated.hash, RAW])))
  const rows = await readRows(db, unstated.hash)
  const statement = await readStatement(options, db, unstated, block, rows)
  const signedStatement = signBlockStatement(statement, options.key)
  const [coinbase, ...others] = block.transactions
  const parts = {
    signedStatement,
    coinbase: bytesToHex(serialiseTransaction(coinbase!)),
    merklePath: merklePath(others.map(txid)).map(bytesToHex),
    rows,
  }
  return canonicalJson(blockAuditDocument(parts, statement))
}

async function readStatement(
  { network }: StateOptions,
  { pool }: Pick<Database, 'pool'>,
  { hash, height, mode, finderAddress, foundAtMs, ...unstated }: UnstatedBlock,
  block: Block,
  rows: readonly AuditRow[],
): Promise<BlockStatement> {
  const [split, found] = await Promise.all([readSplit(pool, hash), readBlock(pool, hash)])
  if (split === undefined || found === undefined) throw new Error(`block ${hash} is not settled`)
  return {
    network,
    hash,
    height,
    header: bytesToHex(serialiseHeader(block.header)),
    finder: finderAddress,
    foundAtMs,
    scheme: mode,
    windowUnits: split.pplnsWindow,
    windowStart: unstated.windowStart && placeOf(unstated.windowStart),
    windowEnd: placeOf(unstated.windowEnd),
    ownOutputs: unstated.ownOutputs,
    windowTotal: split.windowTotal,
    coinbaseValueSats: split.coinbaseValueSats,
    donationSats: split.donationSats,
    subsidySats: split.subsidySats,
    feesSats: split.feesSats,
    feeBasisPoints: split.feeBasisPoints,
    poolFeeSats: split.poolFeeSats,
    rewardSats: split.rewardSats,
    finderBonusBasisPoints: split.finderBonusBasisPoints,
    bonusSats: split.finderBonusSats,
    payeeCount: rows.length,
    payoutRoot: bytesToHex(nodeHash(payoutRoot(rows))),
    poolScripts: poolScriptsIn(block, await listPoolScripts(pool)),
    roundScore: found.roundScore,
    settledAtMs: split.settledAtMs,
  }
}

async function readRows({ pool }: Pick<Database, 'pool'>, hash: string): Promise<AuditRow[]> {
  const earnings = await listBlockEarnings(pool, hash, undefined, MAX_AUDIT_ROWS)
  return earnings.map(({ address, ...line }) => ({ payee: address, ...line }))
}

/** Those that its coinbase pays. */
function poolScriptsIn({ transactions }: Block, poolScripts: readonly Uint8Array[]): string[] {
  const outputs = transactions[0]?.outputs ?? []
  return poolScripts
    .filter((script) => outputs.some((output) => equalBytes(output.script, script)))
    .map(bytesToHex)
}

const placeOf = ({ position, index }: SharePosition): SharePlace => ({ position: Number(position), index })
