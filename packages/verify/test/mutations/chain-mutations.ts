import type { Epoch, EpochSegment } from '@headframe/core/published/epoch'
import { renumber } from '../support/log-model.js'
import { KEY, OTHER_KEY } from '../support/seal-log.js'
import { changeDocument, changeBytes } from './change-file.js'
import type { Mutation } from './mutation.js'

export const CHAIN_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a segment is left out',
    model(model) {
      model.segments.splice(6, 1)
      model.epochSizes[1]!--
    },
    code: 'segment-chain',
    says: /it is number \d+ of s0\d-test, and \d+ should come/,
  },
  {
    name: 'two segments change places',
    model(model) {
      const [one] = model.segments.splice(6, 1)
      model.segments.splice(8, 0, one!)
    },
    code: 'segment-chain',
    says: /and \d+ should come/,
  },
  {
    name: 'a writer’s chain is cut and begun anew',
    model(model) {
      const segment = model.segments[6]!
      segment.prevSegmentHash = new Uint8Array(32)
    },
    code: 'segment-chain',
    says: /names another segment of s0\d-test before it/,
  },
  {
    name: 'a writer’s first segments are hidden',
    model(model) {
      model.segments.splice(0, 1)
      model.epochSizes[0]!--
    },
    code: 'segment-chain',
    says: /the first segment of s00-test is its number 1/,
  },
  {
    name: 'a writer goes back to an earlier start',
    model(model) {
      for (const segment of model.segments.slice(0, 7)) segment.incarnation = 3
    },
    code: 'segment-chain',
    says: /of an earlier start/,
  },
  {
    name: 'an epoch is left out',
    files(files) {
      for (const ending of ['json', 'bin']) {
        files.set(`epochs/2.${ending}`, files.get(`epochs/3.${ending}`)!)
      }
      changeDocument(files, 'index.json', (index) => ({ ...index, lastEpoch: 2 }))
    },
    code: 'epoch-chain',
    says: /its document is that of epoch 3|names another epoch before it/,
  },
  {
    name: 'an epoch is missing',
    files: (files) => files.delete('epochs/2.json'),
    code: 'document',
    says: /there is no epochs\/2.json/,
  },
  {
    name: 'an epoch names another one before it',
    seal: { epoch: (epoch) => (epoch.epoch === 2 ? { ...epoch, previous: '11'.repeat(32) } : epoch) },
    code: 'epoch-chain',
    says: /names another epoch before it/,
  },
  {
    name: 'the first epoch names one before it',
    seal: { epoch: (epoch) => (epoch.epoch === 1 ? { ...epoch, previous: '11'.repeat(32) } : epoch) },
    code: 'epoch-chain',
    says: /it is the first, and names one before it/,
  },
  {
    name: 'an epoch skips positions',
    seal: { epoch: (epoch) => (epoch.epoch === 2 ? { ...epoch, firstPosition: 9 } : epoch) },
    code: 'epoch-chain',
    says: /it begins at segment 9, and \d+ should come/,
  },
  {
    name: 'an epoch is of another network',
    seal: { epoch: (epoch) => ({ ...epoch, network: 'mainnet' }) },
    code: 'epoch-chain',
    says: /it is of mainnet/,
  },
  {
    name: 'an epoch states less work for a segment',
    seal: { epoch: (epoch) => withFirstEntry(epoch, { work: 1n }) },
    code: 'segment-content',
    says: /another sum of work/,
  },
  {
    name: 'an epoch states more shares for a segment',
    seal: { epoch: (epoch) => withFirstEntry(epoch, { shareCount: 9 }) },
    code: 'segment-content',
    says: /another count of shares/,
  },
  {
    name: 'an epoch states another root for a segment',
    seal: { epoch: (epoch) => withFirstEntry(epoch, { root: '11'.repeat(32) }) },
    code: 'segment-content',
    says: /another root/,
  },
  {
    name: 'an epoch states another writer for a segment',
    seal: { epoch: (epoch) => withFirstEntry(epoch, { writerId: 's07-test' }) },
    code: 'segment-chain',
    says: /the epoch says otherwise/,
  },
  {
    name: 'an epoch states another hash for a segment',
    seal: { epoch: (epoch) => withFirstEntry(epoch, { hash: '11'.repeat(32) }) },
    code: 'segment-hash',
    says: /another hash than the epoch names/,
  },
  {
    name: 'an epoch is signed by another key',
    files: (files) =>
      changeDocument(files, 'epochs/2.json', (epoch) => ({ ...epoch, signature: '11'.repeat(64) })),
    code: 'signature',
    says: new RegExp(`not signed by ${KEY.publicKey}`),
  },
  {
    name: 'the whole log is signed by another key, under the name of the first',
    seal: { key: OTHER_KEY },
    files: (files) => changeDocument(files, 'index.json', (index) => ({ ...index, key: KEY.publicKey })),
    code: 'signature',
    says: /not signed by/,
  },
  {
    name: 'an epoch states other totals than its segments’',
    files: (files) => changeDocument(files, 'epochs/2.json', (epoch) => ({ ...epoch, shareCount: 1 })),
    code: 'document',
    says: /its totals are not those of its segments/,
  },
  {
    name: 'the bytes of a segment are changed',
    files: (files) => changeBytes(files, 'epochs/2.bin', (bytes) => (bytes[700]! ^= 1)),
    code: 'segment-hash',
    says: /another hash than the epoch names/,
  },
  {
    name: 'the bytes of an epoch end early',
    files: (files) => files.set('epochs/2.bin', files.get('epochs/2.bin')!.slice(0, -1)),
    code: 'segment-hash',
    says: /the bytes end in segment \d+ of \d+/,
  },
  {
    name: 'the bytes of an epoch go on',
    files: (files) => files.set('epochs/2.bin', Uint8Array.of(...files.get('epochs/2.bin')!, 0)),
    code: 'segment-hash',
    says: /bytes behind the last of \d+ segments/,
  },
  {
    name: 'the shares of an epoch are held back',
    files: (files) => files.delete('epochs/2.bin'),
    code: 'document',
    says: /there is no epochs\/2.bin, and the index does not call it pruned/,
  },
  {
    name: 'a writer’s shares are numbered with a gap',
    model(model) {
      renumber(model.segments)
      model.segments[8]!.firstShareSeq += 5
    },
    code: 'segment-chain',
    says: /its first share is number/,
  },
]

function withFirstEntry(epoch: Epoch, change: Partial<EpochSegment>): Epoch {
  const [first, ...rest] = epoch.segments
  return { ...epoch, segments: [{ ...first!, ...change }, ...rest] }
}
