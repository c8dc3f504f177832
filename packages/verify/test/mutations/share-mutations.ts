import { makeJob, SHARE_DIFFICULTY } from '../support/easy-chain.js'
import { BERT, CARL, renumber, type LogModel, type ModelShare } from '../support/log-model.js'
import type { Mutation } from './mutation.js'

/** The share that is played with: one of Carl's, in the windows of two blocks. */
function carls(model: LogModel): { readonly shares: ModelShare[]; readonly index: number } {
  const { shares } = model.segments[7]!
  const index = shares.findIndex(({ name }) => name === CARL)
  return { shares, index }
}

const winningSegment = (model: LogModel): ModelShare[] =>
  model.segments[model.blocks[3]!.statement.windowEnd.position - 1]!.shares

export const SHARE_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a share is dropped',
    model(model) {
      const { shares, index } = carls(model)
      shares.splice(index, 1)
    },
    code: 'segment-chain',
    says: /its first share is number \d+ of s0[01]-test, and \d+ should come/,
  },
  {
    name: 'a share is dropped, and the others numbered anew',
    model(model) {
      const { shares, index } = carls(model)
      shares.splice(index, 1)
      renumber(model.segments)
    },
    code: 'score',
    says: /has the score \d+, and his shares come to \d+/,
  },
  {
    name: 'a share is duplicated beside itself',
    model(model) {
      const { shares, index } = carls(model)
      shares.splice(index, 0, shares[index]!)
      renumber(model.segments)
    },
    code: 'share-duplicate',
    says: /its hash [0-9a-f]{64} is there already/,
  },
  {
    name: 'a share is duplicated under another writer',
    model(model) {
      const { shares, index } = carls(model)
      model.segments[8]!.shares.push(shares[index]!)
      renumber(model.segments)
    },
    code: 'share-duplicate',
    says: /is there already/,
  },
  {
    name: 'a share is inflated: credited for more than it was worked for',
    model(model) {
      const { shares, index } = carls(model)
      const one = shares[index]!
      shares[index] = { ...one, share: { ...one.share, assignedDifficulty: 2 ** 20 * SHARE_DIFFICULTY } }
    },
    code: 'share-work',
    says: /is above the target of difficulty/,
  },
  {
    name: 'a share is retargeted: credited for another difficulty than its session’s',
    model(model) {
      const { shares, index } = carls(model)
      const one = shares[index]!
      shares[index] = { ...one, share: { ...one.share, assignedDifficulty: SHARE_DIFFICULTY / 2 } }
    },
    code: 'share-difficulty',
    says: /credited for difficulty .*, others of its search space for/,
  },
  {
    name: 'a share is made up',
    model(model) {
      const { shares, index } = carls(model)
      const one = shares[index]!
      for (let nonce = 0; nonce < 3; nonce++) shares.push({ ...one, share: { ...one.share, nonce } })
      renumber(model.segments)
    },
    code: 'share-work',
    says: /is above the target/,
  },
  {
    name: 'a share is credited to somebody else',
    model(model) {
      const { shares, index } = carls(model)
      shares[index] = { ...shares[index]!, name: BERT }
    },
    code: 'score',
    says: /has the score \d+, and his shares come to \d+/,
  },
  {
    name: 'a solo share is counted as a PPLNS share',
    model(model) {
      const { shares } = model.segments[7]!
      const index = shares.findIndex(({ mode }) => mode === 'solo')
      shares[index] = { ...shares[index]!, mode: 'pplns' }
    },
    code: 'score',
    says: /has no line, and his shares come to/,
  },
  {
    name: 'the winning share changes places with the one before it',
    model(model) {
      const shares = winningSegment(model)
      shares.push(shares.splice(-2, 1)[0]!)
    },
    code: 'window',
    says: /it ends before \d+\/\d+, and the share that is the block is \d+\/\d+/,
  },
  {
    name: 'shares of two miners are reordered over the edge of a window',
    model(model) {
      const { position, index } = model.blocks[3]!.statement.windowStart!
      const { shares } = model.segments[position - 1]!
      const other = shares.findIndex(
        ({ name, mode }, at) => at !== index && mode === 'pplns' && name !== shares[index]!.name,
      )
      ;[shares[index], shares[other]] = [shares[other]!, shares[index]!]
    },
    code: 'score',
    says: /has the score \d+, and his shares come to \d+/,
  },
  {
    name: 'a job’s difficulty is lowered, so that its shares weigh more',
    model(model) {
      for (const { shares } of model.segments) {
        for (const one of shares) {
          if (one.job.height === 104 && one.name === CARL) one.job = { ...one.job, nbits: 0x207fffff }
        }
      }
    },
    code: 'share-job',
    says: /another job of the tip has another height or difficulty/,
  },
  {
    name: 'a share is moved to another job',
    model(model) {
      const { shares, index } = carls(model)
      shares[index] = { ...shares[index]!, job: makeJob(99, 103) }
    },
    code: 'share-work',
    says: /is above the target/,
  },
]
