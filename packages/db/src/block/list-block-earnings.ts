import { SHOWN_NAME } from '../miner/shown-name.js'
import { bigintOfNumeric } from '../numeric.js'
import type { Queryable } from '../transaction.js'

/** One line of a block's split, in the order in which it was cut. */
export interface BlockEarning {
  readonly address: string
  readonly amountSats: bigint
  /** What of it the miner has for finding the block. */
  readonly bonusSats: bigint
  /** What of it the block's coinbase has paid to the miner himself. */
  readonly directSats: bigint
  readonly score: bigint
  readonly prefixBefore: bigint
  readonly prefixAfter: bigint
}

interface BlockEarningRow {
  readonly address: string
  readonly amount_sats: string
  readonly bonus_sats: string
  readonly direct_sats: string
  readonly score: string
  readonly prefix_before: string
  readonly prefix_after: string
}

const LIST = `SELECT ${SHOWN_NAME} AS address, amount_sats, bonus_sats, direct_sats, score, prefix_before, prefix_after
  FROM earning JOIN miner ON miner.id = earning.miner_id`
/** Who has scored nothing and found the block comes before who begins where he ends. */
const ORDER = 'ORDER BY prefix_before, prefix_after, miner.address COLLATE "C"'

const FIRST = `${LIST} WHERE block_hash = $1 ${ORDER} LIMIT $2`
const AFTER = `WITH named AS MATERIALIZED (
    SELECT prefix_before, prefix_after FROM earning
    WHERE block_hash = $1 AND miner_id = (SELECT id FROM miner WHERE address = $3 UNION SELECT id FROM miner WHERE pseudonym = $3))
  ${LIST} WHERE block_hash = $1
    AND (prefix_before, prefix_after) > ((SELECT prefix_before FROM named), (SELECT prefix_after FROM named))
  ${ORDER} LIMIT $2`

/**
 * A block's earnings in the order of addresses, which is that of their prefix sums; those after the one who is named so,
 * and none when he has none.
 */
export async function listBlockEarnings(
  db: Queryable,
  blockHash: string,
  afterName: string | undefined,
  limit: number,
): Promise<BlockEarning[]> {
  const { rows } = await db.query<BlockEarningRow>(
    afterName === undefined ? FIRST : AFTER,
    afterName === undefined ? [blockHash, limit] : [blockHash, limit, afterName],
  )
  return rows.map((row) => ({
    address: row.address,
    amountSats: BigInt(row.amount_sats),
    bonusSats: BigInt(row.bonus_sats),
    directSats: BigInt(row.direct_sats),
    score: bigintOfNumeric(row.score),
    prefixBefore: bigintOfNumeric(row.prefix_before),
    prefixAfter: bigintOfNumeric(row.prefix_after),
  }))
}
