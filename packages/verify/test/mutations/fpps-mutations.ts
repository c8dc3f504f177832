import { nodeHash } from '@headframe/core/journal/merkle-sum'
import { bytesToHex } from '@headframe/core/bytes'
import type { FppsLine, FppsStatement } from '@headframe/core/published/fpps-statement'
import { payoutRoot } from '@headframe/core/published/payout-tree'
import { addressOf } from '../support/easy-chain.js'
import { creditBy } from '../support/credit-fpps.js'
import { ANNA, BERT, CARL, type LogModel } from '../support/log-model.js'
import { changeDocument } from './change-file.js'
import type { Mutation } from './mutation.js'

/** Changes what is said of one of the two stretches. */
function state(change: (statement: FppsStatement) => Partial<FppsStatement>, at = 0) {
  return (model: LogModel): void => {
    const statement = model.fpps[at]!
    model.fpps[at] = { ...statement, ...change(statement) }
  }
}

/** Works the last stretch out anew by other terms or scores, consistent in itself. */
function creditAnew(
  terms: Partial<FppsStatement>,
  change: (scores: Map<string, bigint>) => void = () => undefined,
) {
  return (model: LogModel): void => {
    const { lines, ...last } = model.fpps[1]!
    const scores = new Map(lines.map(({ payee, score }) => [payee, score]))
    const numerators = new Map(lines.map(({ payee, numeratorBefore }) => [payee, numeratorBefore]))
    change(scores)
    model.fpps[1] = creditBy({ ...last, ...terms }, scores, numerators)
  }
}

const changeLine =
  (payee: string, change: (line: FppsLine) => Partial<FppsLine>) =>
  ({ lines }: FppsStatement) => ({
    lines: lines.map((line) => (line.payee === payee ? { ...line, ...change(line) } : line)),
  })

const AN_FPPS_PATH = 'fpps/17.json'
const SEGMENT = 15

export const FPPS_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a weight is raised, and everything credited anew by it',
    model: creditAnew({}, (scores) => scores.set(ANNA, 1n << 96n)),
    code: 'score',
    says: /has the score \d+, and his shares come to \d+/,
  },
  {
    name: 'a miner is left out',
    model: creditAnew({}, (scores) => scores.delete(BERT)),
    code: 'score',
    says: /has no line, and his shares come to/,
  },
  {
    name: 'somebody is credited who has not mined',
    model: creditAnew({}, (scores) => scores.set(addressOf(77), 1n << 90n)),
    code: 'score',
    says: /has the score \d+, and his shares come to 0/,
  },
  {
    name: 'an amount is lowered by a satoshi',
    model: state(changeLine(CARL, ({ amountSats }) => ({ amountSats: amountSats - 1n }))),
    code: 'amount',
    says: /the amount is \d+ and should be \d+/,
  },
  {
    name: 'a higher fee is taken than is stated',
    model: state(({ feeBasisPoints }) => ({ feeBasisPoints: feeBasisPoints - 100 })),
    code: 'amount',
    says: /rateSats is \d+, and it comes to \d+/,
  },
  {
    name: 'a fee of more than everything is stated',
    model: state(() => ({ feeBasisPoints: 10_001 })),
    code: 'amount',
    says: /a fee of 10001 basis points/,
  },
  {
    name: 'less fees of the chain are paid than are stated',
    model: state(({ feesSats }) => ({ feesSats: feesSats + 30_000n })),
    code: 'amount',
    says: /rateSats is \d+, and it comes to \d+/,
  },
  {
    name: 'the subsidy is halved too early',
    model: (model) => {
      const { tipHash } = model.fpps[0]!
      creditAnew({ subsidySats: 2_500_000_000n, tipHash })(model)
    },
    code: 'amount',
    says: /subsidySats is 2500000000, and on [0-9a-f]{64} it is 5000000000/,
  },
  {
    name: 'what was cut off a miner’s last credit is kept',
    model: (model) => {
      const { lines, ...last } = model.fpps[1]!
      const scores = new Map(lines.map(({ payee, score }) => [payee, score]))
      const rounded = new Map(
        lines.map(({ payee, numeratorBefore }) => [payee, (numeratorBefore >> 96n) << 96n]),
      )
      model.fpps[1] = creditBy(last, scores, rounded)
    },
    code: 'amount',
    says: /his numerators do not go on from his credit before/,
  },
  {
    name: 'a miner has two lines',
    model: state(({ lines }) => ({ lines: [...lines, lines[0]!] })),
    code: 'amount',
    says: /has two lines/,
  },
  {
    name: 'another sum is stated than that of the lines',
    model: state(({ creditedSats }) => ({ creditedSats: creditedSats + 1n })),
    code: 'amount',
    says: /creditedSats is \d+, and it comes to \d+/,
  },
  {
    name: 'a stretch is left out',
    model: (model) => void model.fpps.shift(),
    code: 'fpps',
    says: /it goes on behind segment 17, and the credits before it end with 0/,
  },
  {
    name: 'a stretch is left out, and the next one said to hold its shares',
    model: (model) => {
      model.fpps.shift()
      state(() => ({ afterPosition: 0 }))(model)
    },
    code: 'score',
    says: /has the score \d+, and his shares come to \d+/,
  },
  {
    name: 'a stretch is credited twice',
    model: (model) => void model.fpps.push(model.fpps[1]!),
    code: 'fpps',
    says: /the FPPS credits up to segment 18 stand behind those up to 18/,
  },
  {
    name: 'a stretch is listed before its shares',
    seal: {
      epoch: (epoch) =>
        epoch.epoch === 1 ? { ...epoch, fpps: [{ endPosition: 17, hash: '11'.repeat(32) }] } : epoch,
    },
    code: 'fpps',
    says: /end behind the epoch/,
  },
  {
    name: 'credits are held back',
    files: (files) => files.delete(AN_FPPS_PATH),
    code: 'document',
    says: /there is no fpps\/17.json/,
  },
  {
    name: 'other credits are shown than were listed',
    files: (files) => changeDocument(files, AN_FPPS_PATH, (credits) => ({ ...credits, creditedAtMs: 1 })),
    code: 'document',
    says: /another hash than the epoch names/,
  },
  {
    name: 'credits are signed by another key',
    files: (files) =>
      changeDocument(files, AN_FPPS_PATH, (credits) => ({ ...credits, signature: '11'.repeat(64) })),
    code: 'signature',
    says: /is not signed by/,
  },
  {
    name: 'credits are of another network',
    model: state(() => ({ network: 'mainnet' })),
    code: 'document',
    says: /is of mainnet/,
  },
  {
    name: 'an FPPS share is counted as a PPLNS share',
    model: (model) => {
      const { shares } = model.segments[SEGMENT]!
      shares[0] = { ...shares[0]!, mode: 'pplns' }
    },
    code: 'score',
    says: /has the score \d+, and his shares come to \d+/,
  },
  {
    name: 'an FPPS share is credited to somebody else',
    model: (model) => {
      const { shares } = model.segments[SEGMENT]!
      const index = shares.findIndex(({ name }) => name === CARL)
      shares[index] = { ...shares[index]!, name: ANNA }
    },
    code: 'score',
    says: /has the score \d+, and his shares come to \d+/,
  },
  {
    name: 'a block of the window is kept as one of FPPS',
    model: (model) => {
      const block = model.blocks[3]!
      const { coinbaseValueSats } = block.statement
      block.rows = []
      block.statement = {
        ...block.statement,
        scheme: 'fpps',
        windowStart: undefined,
        windowTotal: 0n,
        poolFeeSats: coinbaseValueSats,
        rewardSats: 0n,
        bonusSats: 0n,
        payeeCount: 0,
        payoutRoot: bytesToHex(nodeHash(payoutRoot([]))),
      }
    },
    code: 'block',
    says: /it is settled by fpps, and was found by pplns/,
  },
  {
    name: 'the pool hides a part of what an FPPS block has brought',
    model: (model) => {
      const block = model.blocks[4]!
      const { poolFeeSats } = block.statement
      block.statement = { ...block.statement, poolFeeSats: poolFeeSats - 1n, rewardSats: 1n }
    },
    code: 'amount',
    says: /poolFeeSats is \d+, and it comes to \d+/,
  },
]
