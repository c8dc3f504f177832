import { splitReward } from '@headframe/core/accounting/split-reward'
import { bytesToHex } from '@headframe/core/bytes'
import { nodeHash } from '@headframe/core/journal/merkle-sum'
import type { AuditRow } from '@headframe/core/published/audit-row'
import type { BlockStatement, SharePlace } from '@headframe/core/published/block-statement'
import { payoutRoot } from '@headframe/core/published/payout-tree'
import { addressOf } from '../support/easy-chain.js'
import { placesOf, rowsOf, type LogModel, type ModelBlock } from '../support/log-model.js'
import type { LogFiles } from '../support/seal-log.js'
import { changeDocument } from './change-file.js'
import type { Mutation } from './mutation.js'

/** The block that is played with: PPLNS, with a full window. */
const BLOCK = 3
const SOLO_BLOCK = 1

/** Changes what the pool says of the block, and nothing else. */
function state(change: (block: ModelBlock) => Partial<BlockStatement>, at = BLOCK) {
  return (model: LogModel): void => {
    const block = model.blocks[at]!
    block.statement = { ...block.statement, ...change(block) }
  }
}

/** Changes lines, and signs their root as if it were right. */
function split(change: (rows: AuditRow[], block: ModelBlock) => AuditRow[], at = BLOCK) {
  return (model: LogModel): void => {
    const block = model.blocks[at]!
    block.rows = change(block.rows, block)
    const root = bytesToHex(nodeHash(payoutRoot(block.rows)))
    block.statement = { ...block.statement, payoutRoot: root, payeeCount: block.rows.length }
  }
}

/** Cuts the reward anew by other scores, consistent in itself. */
function cutBy(scoresOf: (scores: Map<string, bigint>) => void) {
  return (model: LogModel): void => {
    const block = model.blocks[BLOCK]!
    const scores = new Map(block.rows.map(({ payee, score }) => [payee, score]))
    scoresOf(scores)
    const { statement } = block
    const bonus = { finder: statement.finder, basisPoints: statement.finderBonusBasisPoints }
    const again = splitReward({ ...statement, bonus }, scores)
    split(() => rowsOf(again))(model)
    block.statement = { ...block.statement, windowTotal: again.total }
  }
}

/** The PPLNS share so many places away. */
function moved(model: LogModel, from: SharePlace, by: number): SharePlace {
  const places = placesOf(model.segments)
  const shares = model.segments.flatMap((segment) => segment.shares)
  const pplns = places.filter((_, at) => shares[at]!.mode === 'pplns')
  const at = pplns.findIndex(({ position, index }) => position === from.position && index === from.index)
  return pplns[at + by]!
}

const anAudit = (files: LogFiles): string => [...files.keys()].find((name) => name.startsWith('blocks/'))!

export const BLOCK_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a weight is raised, and everything cut anew by it',
    model: cutBy((scores) => scores.set([...scores.keys()][1]!, 1n << 96n)),
    code: 'score',
    says: /has the score \d+, and his shares come to \d+/,
  },
  {
    name: 'a miner is left out, and everything cut anew without him',
    model: cutBy((scores) => scores.delete([...scores.keys()][2]!)),
    code: 'score',
    says: /has no line, and his shares come to/,
  },
  {
    name: 'somebody is paid who has not mined',
    model: cutBy((scores) => scores.set(addressOf(77), 1n << 90n)),
    code: 'score',
    says: /has the score \d+, and his shares come to 0/,
  },
  {
    name: 'an address is changed',
    model: split((rows) => rows.map((row, at) => (at === 0 ? { ...row, payee: addressOf(78) } : row))),
    code: 'score',
    says: /his shares come to 0/,
  },
  {
    name: 'an amount is raised by a satoshi',
    model: split((rows) =>
      rows.map((row, at) => (at === 1 ? { ...row, amountSats: row.amountSats + 1n } : row)),
    ),
    code: 'amount',
    says: /the amount is \d+ and should be \d+/,
  },
  {
    name: 'a satoshi goes from one miner to another',
    model: split((rows) =>
      rows.map((row, at) => ({ ...row, amountSats: row.amountSats + [1n, -1n, 0n][at]! })),
    ),
    code: 'amount',
    says: /the amount is \d+ and should be \d+/,
  },
  {
    name: 'lines change places',
    model: split((rows) => [...rows].reverse()),
    code: 'amount',
    says: /prefix sum does not go on|order of addresses/,
  },
  {
    name: 'a line is shown that was not signed',
    files: (files) =>
      changeDocument(files, anAudit(files), (audit) => {
        const [first, ...rest] = audit['rows'] as Record<string, string>[]
        return { ...audit, rows: [{ ...first!, payee: addressOf(79) }, ...rest] }
      }),
    code: 'payout-root',
    says: /not those whose root was signed/,
  },
  {
    name: 'another root is signed',
    model: state(() => ({ payoutRoot: '11'.repeat(32) })),
    code: 'payout-root',
    says: /not those whose root was signed/,
  },
  {
    name: 'a higher fee is stated than was taken',
    model: state(() => ({ feeBasisPoints: 200 })),
    code: 'amount',
    says: /poolFeeSats is \d+, and it comes to \d+/,
  },
  {
    name: 'a higher fee is taken than is stated',
    model: state(({ statement }) => ({
      poolFeeSats: statement.poolFeeSats + 1_000n,
      rewardSats: statement.rewardSats - 1_000n,
    })),
    code: 'amount',
    says: /poolFeeSats is \d+, and it comes to \d+/,
  },
  {
    name: 'a solo miner is charged more than his coinbase pays the pool',
    model: state(({ statement }) => ({ poolFeeSats: statement.poolFeeSats + 1n }), SOLO_BLOCK),
    code: 'amount',
    says: /poolFeeSats is/,
  },
  {
    name: 'the pool hides a part of what its coinbase paid it',
    model: state(({ statement }) => ({
      coinbaseValueSats: statement.coinbaseValueSats - 1_000_000n,
      donationSats: statement.donationSats + 1_000_000n,
    })),
    code: 'amount',
    says: /coinbaseValueSats is \d+, and it comes to \d+/,
  },
  {
    name: 'the pool does not own up to its script',
    model: state(() => ({ poolScripts: [] })),
    code: 'amount',
    says: /coinbaseValueSats is \d+, and it comes to 0/,
  },
  {
    name: 'the subsidy is stated too low',
    model: state(({ statement }) => ({
      subsidySats: statement.subsidySats / 2n,
      feesSats: statement.feesSats + statement.subsidySats / 2n,
    })),
    code: 'amount',
    says: /subsidySats is \d+, and it comes to 5000000000/,
  },
  {
    name: 'the bonus is stated too high',
    model: state(({ statement }) => ({ bonusSats: statement.bonusSats + 1n })),
    code: 'amount',
    says: /bonusSats is|bonus is not that of the finder/,
  },
  {
    name: 'the bonus goes to another miner',
    model: split((rows, { statement }) => {
      const { bonusSats, finder } = statement
      const other = rows.find(({ payee }) => payee !== finder)!.payee
      return rows.map((row) => {
        const by = row.payee === finder ? -bonusSats : row.payee === other ? bonusSats : 0n
        return { ...row, amountSats: row.amountSats + by, bonusSats: row.bonusSats + by }
      })
    }),
    code: 'amount',
    says: /the bonus is not that of the finder/,
  },
  {
    name: 'somebody else is said to have found it, and has the bonus',
    model: (model) => {
      const { statement, rows } = model.blocks[BLOCK]!
      const finder = rows.find(({ payee }) => payee !== statement.finder)!.payee
      state(() => ({ finder }))(model)
      cutBy(() => undefined)(model)
    },
    code: 'block',
    says: /is said to have found it, and \w+ has/,
  },
  {
    name: 'a block of the window is settled as its finder’s alone',
    model: (model) => {
      const { statement } = model.blocks[BLOCK]!
      const { total, shares, bonusSats, bonusBasisPoints } = splitReward(
        { ...statement, bonus: undefined },
        new Map([[statement.finder, 1n]]),
      )
      split(() => rowsOf({ ...statement, feeSats: 0n, total, shares, bonusBasisPoints }))(model)
      state(() => ({
        scheme: 'solo',
        windowStart: undefined,
        windowTotal: total,
        finderBonusBasisPoints: bonusBasisPoints,
        bonusSats,
      }))(model)
    },
    code: 'block',
    says: /it is settled by solo, and was found by pplns/,
  },
  {
    name: 'a miner is said to be paid by the coinbase',
    model: split((rows) => rows.map((row, at) => (at === 0 ? { ...row, directSats: 5n } : row))),
    code: 'amount',
    says: /its coinbase pays \w+ 0, and the split says 5/,
  },
  {
    name: 'the window begins a share later',
    model: (model) => {
      const { windowStart } = model.blocks[BLOCK]!.statement
      state(() => ({ windowStart: moved(model, windowStart!, 1) }))(model)
    },
    code: 'window',
    says: /it begins at \d+\/\d+ and is not full/,
  },
  {
    name: 'the window begins a share earlier',
    model: (model) => {
      const { windowStart } = model.blocks[BLOCK]!.statement
      state(() => ({ windowStart: moved(model, windowStart!, -1) }))(model)
    },
    code: 'window',
    says: /it is full before \d+\/\d+, where it begins/,
  },
  {
    name: 'the window begins where no PPLNS share is',
    model: state(() => ({ windowStart: { position: 5, index: 99 } })),
    code: 'window',
    says: /there is no PPLNS share at 5\/99/,
  },
  {
    name: 'the window ends a share earlier, without the winning one',
    model: state(({ statement: { windowEnd } }) => ({
      windowEnd: { position: windowEnd.position, index: windowEnd.index - 1 },
    })),
    code: 'window',
    says: /the share that is the block is/,
  },
  {
    name: 'another length of the window is stated than it has',
    model: state(() => ({ windowUnits: 3 })),
    code: 'window',
    says: /is not full/,
  },
  {
    name: 'a window without shares is stated, and all goes to the finder',
    model: state(() => ({ windowStart: undefined })),
    code: 'window',
    says: /it counts no share, and there are some/,
  },
  {
    name: 'another sum of the window is stated',
    model: state(({ statement }) => ({ windowTotal: statement.windowTotal + 1n })),
    code: 'score',
    says: /windowTotal is \d+, and its shares come to \d+/,
  },
  {
    name: 'a header without work is stated',
    model: state(({ statement: { header } }) => ({ header: `${header.slice(0, -2)}ff` })),
    code: 'block',
    says: /its header has another hash/,
  },
  {
    name: 'another coinbase is shown',
    model: (model) => {
      const block = model.blocks[BLOCK]!
      block.coinbase = model.blocks[0]!.coinbase
    },
    code: 'block',
    says: /does not lead to the Merkle root/,
  },
  {
    name: 'the path of the coinbase is changed',
    model: (model) => {
      model.blocks[BLOCK]!.merklePath[0] = '11'.repeat(32)
    },
    code: 'block',
    says: /does not lead to the Merkle root/,
  },
  {
    name: 'a coinbase goes on behind its end',
    files: (files) =>
      changeDocument(files, anAudit(files), (audit) => ({
        ...audit,
        coinbase: `${String(audit['coinbase'])}00`,
      })),
    code: 'document',
    says: /1 bytes too many/,
  },
  {
    name: 'a block is stated twice',
    model: (model) => {
      model.blocks.push({ ...model.blocks[0]!, epoch: 2 })
    },
    code: 'document',
    says: /was stated before/,
  },
  {
    name: 'a block is stated before its shares are published',
    model: (model) => {
      model.blocks[BLOCK]!.epoch = 0
    },
    code: 'document',
    says: /has a window that ends behind the epoch/,
  },
  {
    name: 'an audit document is held back',
    files: (files) => files.delete(anAudit(files)),
    code: 'document',
    says: /there is no blocks\//,
  },
  {
    name: 'an audit document has another statement than was listed',
    files: (files) => {
      const [first, second] = [...files.keys()].filter((name) => name.startsWith('blocks/'))
      files.set(first!, files.get(second!)!)
    },
    code: 'document',
    says: /another statement than the epoch/,
  },
  {
    name: 'what stands there for people is not what stands there for programs',
    files: (files) => changeDocument(files, anAudit(files), (audit) => ({ ...audit, paidSats: '1' })),
    code: 'document',
    says: /says more than follows from it/,
  },
]
