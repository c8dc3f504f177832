import type { Network } from '../chain/network.js'
import { NETWORK_NUMBERS } from '../journal/layout.js'
import type { PayoutMode } from '../share/share.js'
import type { SigningKey } from '../signature.js'
import { JsonFields, readHex } from './json-fields.js'
import { signDocument, type JsonObject } from './signed-document.js'

/** A place in the canonical order of shares: position of the segment, index of the share in it. */
export interface SharePlace {
  readonly position: number
  readonly index: number
}

/** The rule by which a block was split. What a reader does not know he cannot check. */
const SCHEMES: readonly PayoutMode[] = ['pplns', 'solo', 'fpps']

/** All that the pool says of a block it has settled, but for the lines of the split: those hang on `payoutRoot`. */
export interface BlockStatement {
  readonly network: Network
  /** Display order, hex. */
  readonly hash: string
  readonly height: number
  /** 80 bytes, hex. */
  readonly header: string
  /** His name in the public log. */
  readonly finder: string
  readonly foundAtMs: number
  readonly scheme: PayoutMode
  /** Length of a PPLNS window, in units of the network's expected work for one block. */
  readonly windowUnits: number
  /** The oldest share that counts; undefined when nothing was counted. */
  readonly windowStart: SharePlace | undefined
  /** Shares before it count, the one at it does not. */
  readonly windowEnd: SharePlace
  /**
   * Of a block whose coinbase pays the window's miners: how many of its outputs stand in front of theirs, the pool's
   * first. Its window was frozen with its job, and ends before the share that is the block.
   */
  readonly ownOutputs: number | undefined
  /** Sum of the scores that share the reward. */
  readonly windowTotal: bigint
  /** What the block's coinbase pays to the pool's scripts, and to its finder if he mined solo. */
  readonly coinbaseValueSats: bigint
  /** What it pays to others. */
  readonly donationSats: bigint
  readonly subsidySats: bigint
  readonly feesSats: bigint
  readonly feeBasisPoints: number
  readonly poolFeeSats: bigint
  /** `coinbaseValueSats - poolFeeSats`: what the lines of the split add up to. */
  readonly rewardSats: bigint
  /** Of the reward, what the finder has before it is cut by the scores. */
  readonly finderBonusBasisPoints: number
  readonly bonusSats: bigint
  /** Lines of the split. */
  readonly payeeCount: number
  /** Hash of the root of the payout tree, hex; its sum is `windowTotal`. */
  readonly payoutRoot: string
  /** Output scripts of the coinbase that are the pool's, hex. */
  readonly poolScripts: readonly string[]
  /** Score of all shares since the block found before; undefined when that is not known. */
  readonly roundScore: bigint | undefined
  readonly settledAtMs: number
}

const TYPE = 'headframe-block'
const VERSION = 1
/** A coinbase has few outputs of the pool's. */
const MAX_POOL_SCRIPTS = 100

export function signBlockStatement(statement: BlockStatement, key: SigningKey): JsonObject {
  const { windowTotal, coinbaseValueSats, donationSats, subsidySats, feesSats } = statement
  return signDocument(
    {
      ...statement,
      type: TYPE,
      version: VERSION,
      windowStart: statement.windowStart ?? null,
      ownOutputs: statement.ownOutputs ?? null,
      windowTotal: String(windowTotal),
      coinbaseValueSats: String(coinbaseValueSats),
      donationSats: String(donationSats),
      subsidySats: String(subsidySats),
      feesSats: String(feesSats),
      poolFeeSats: String(statement.poolFeeSats),
      rewardSats: String(statement.rewardSats),
      bonusSats: String(statement.bonusSats),
      roundScore: statement.roundScore === undefined ? null : String(statement.roundScore),
    },
    key,
  )
}

/** Reads the document; its signature is for the caller to check. Throws DocumentError. */
export function readBlockStatement(document: unknown, what: string): BlockStatement {
  const fields = new JsonFields(document, what)
  fields.expectType(TYPE, VERSION)
  return {
    network: fields.name('network', NETWORK_NUMBERS),
    hash: fields.hex('hash', 32),
    height: fields.count('height'),
    header: fields.hex('header', 80),
    finder: fields.text('finder'),
    foundAtMs: fields.count('foundAtMs'),
    scheme: fields.name('scheme', SCHEMES),
    windowUnits: fields.count('windowUnits'),
    windowStart: fields.optional('windowStart', (own) => readPlace(own.object('windowStart'))),
    windowEnd: readPlace(fields.object('windowEnd')),
    ownOutputs: fields.optional('ownOutputs', (own) => own.count('ownOutputs')),
    windowTotal: fields.big('windowTotal'),
    coinbaseValueSats: fields.big('coinbaseValueSats'),
    donationSats: fields.big('donationSats'),
    subsidySats: fields.big('subsidySats'),
    feesSats: fields.big('feesSats'),
    feeBasisPoints: fields.count('feeBasisPoints'),
    poolFeeSats: fields.big('poolFeeSats'),
    rewardSats: fields.big('rewardSats'),
    finderBonusBasisPoints: fields.count('finderBonusBasisPoints'),
    bonusSats: fields.big('bonusSats'),
    payeeCount: fields.count('payeeCount'),
    payoutRoot: fields.hex('payoutRoot', 32),
    poolScripts: fields.list('poolScripts', MAX_POOL_SCRIPTS, (item, place) => readHex(item, place)),
    roundScore: fields.optional('roundScore', (own) => own.big('roundScore')),
    settledAtMs: fields.count('settledAtMs'),
  }
}

function readPlace(fields: JsonFields): SharePlace {
  return { position: fields.count('position'), index: fields.count('index') }
}
