import type { NodeAnswer } from './candidate.js'

/**
 * How a block stands with a node after an answer: `accepted` and `refused` are final; after `open` it is sent again,
 * because the same block may get another answer later.
 */
export type SubmitStanding = 'accepted' | 'open' | 'refused'

export interface SubmitReason {
  readonly standing: SubmitStanding
  /** For a person: a sentence. */
  readonly meaning: string
}

const accepted = (meaning: string): SubmitReason => ({ standing: 'accepted', meaning })
const open = (meaning: string): SubmitReason => ({ standing: 'open', meaning })
const refused = (meaning: string): SubmitReason => ({ standing: 'refused', meaning })

/**
 * Every answer of `submitblock` that BIP 22, BIP 23 and Bitcoin Core name (`src/rpc/mining.cpp` submitblock and
 * BIP22ValidationResult; the reasons of `src/validation.cpp` and `src/consensus/`).
 */
const REASONS: Readonly<Record<string, SubmitReason>> = {
  duplicate: accepted('The node has this block already, and it is valid.'),
  'duplicate-invalid': refused('The node has this block already, and found it invalid.'),
  'duplicate-inconclusive': open('The node has this block already, and has not judged it yet.'),
  inconclusive: open('The node took the block, but it is not on its best chain.'),
  rejected: refused('The node refused the block and gave no reason.'),
  'high-hash': refused('The hash is above the target: this is no proof of work.'),
  'bad-diffbits': refused('The block states another target than the chain demands at its height.'),
  'time-too-old': refused('The time of the block is before the median of the eleven blocks before it.'),
  'time-too-new': open("The time of the block is too far ahead of the node's clock; it may be valid later."),
  'time-timewarp-attack': refused(
    'The first block of a retarget period is too far before the one before it.',
  ),
  'bad-version': refused('The node does not take blocks of this version any more.'),
  'bad-prevblk': refused('The block before it is invalid.'),
  'bad-prevblk-invalid': refused('The block before it is invalid.'),
  'prev-blk-not-found': open('The node does not know the block before it yet.'),
  'stale-prevblk': refused('The block before it is not the tip any more.'),
  'bad-txnmrklroot': refused('The Merkle root is not that of the transactions.'),
  'bad-txns-duplicate': refused('A transaction stands in the block twice.'),
  'bad-blk-length': refused('The block is empty or too large.'),
  'bad-blk-weight': refused('The block is heavier than 4,000,000 units.'),
  'bad-blk-sigops': refused('The block has more signature operations than are allowed.'),
  'bad-cb-missing': refused('The first transaction is no coinbase.'),
  'bad-cb-multiple': refused('There is more than one coinbase.'),
  'bad-cb-height': refused('The coinbase does not begin with the height of the block (BIP 34).'),
  'bad-cb-length': refused('The script of the coinbase is shorter than 2 or longer than 100 bytes.'),
  'bad-cb-amount': refused('The coinbase pays out more than subsidy and fees.'),
  'bad-cb-prefix': refused('The coinbase does not begin with what the template demanded.'),
  'bad-cb-flag': refused('The coinbase signals what the node does not allow.'),
  'bad-witness-merkle-match': refused(
    'The commitment in the coinbase is not that of the witnesses (BIP 141).',
  ),
  'bad-witness-nonce-size': refused('The witness of the coinbase is not one item of 32 bytes (BIP 141).'),
  'unexpected-witness': refused('There are witnesses, but no commitment to them in the coinbase (BIP 141).'),
  'bad-txns-nonfinal': refused('A transaction may not stand in a block yet.'),
  'bad-txns-inputs-missingorspent': refused('A transaction spends what does not exist or is spent.'),
  'bad-txns-vin-empty': refused('A transaction has no inputs.'),
  'bad-txns-vout-empty': refused('A transaction has no outputs.'),
  'bad-txns-in-belowout': refused('A transaction pays out more than it spends.'),
  'bad-txns-premature-spend-of-coinbase': refused('A transaction spends a coinbase that is not mature.'),
  'block-validation-failed': refused('A script of the block fails.'),
  'mandatory-script-verify-flag-failed': refused('A script of the block fails.'),
  'block-script-verify-flag-failed': refused('A script of the block fails.'),
  'bad-signet-blksig': refused('The signature of the signet is missing or wrong.'),
}

/** Errors of the call by code (Bitcoin Core `src/rpc/protocol.h`). */
const ERRORS: Readonly<Record<string, SubmitReason>> = {
  '-22': refused('The node cannot read the block.'),
  '-25': open('The node failed while it checked the block: look at its disk and its log.'),
  '-28': open('The node is starting.'),
  '-9': open('The node has no peers.'),
  '-10': open('The node is still syncing.'),
  '-32601': refused('The node does not know this call.'),
}

const PRECIOUS = accepted('Another block stands at this height; the node was asked to prefer ours, and does.')

/** What an answer means. A reason that nobody has named here is a refusal: the node said more than that it is away. */
export function reasonOf({ call, result }: Pick<NodeAnswer, 'call' | 'result'>): SubmitReason {
  if (result === null) {
    return call === 'preciousblock' ? PRECIOUS : accepted('The block is on the best chain of the node.')
  }
  if (result.startsWith('away: ')) return open('The node cannot be reached.')
  const [, code] = /^error (-?\d+): /.exec(result) ?? []
  if (code !== undefined) return ERRORS[code] ?? open('The call failed in a way that may pass.')
  // Behind a reason Core may say more: `mandatory-script-verify-flag-failed (Invalid Schnorr signature), input 0 of`.
  const [reason = ''] = result.split(/[\s,(]/, 1)
  const known = Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined
  return known ?? refused('The node found the block invalid.')
}
