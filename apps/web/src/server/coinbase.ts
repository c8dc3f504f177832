import { bytesToHex, hexToBytes } from '@headframe/core/bytes'
import { addressOfScript } from '@headframe/core/chain/address'
import { displayHash } from '@headframe/core/chain/header'
import { parseTransaction, txid } from '@headframe/core/chain/transaction'
import { readBlockStatement } from '@headframe/core/published/block-statement'
import type { Database } from '@headframe/db/database'
import { readBlockDocument } from '@headframe/db/public-log/read-block-document'

/** OP_RETURN: what follows is data, and nobody can spend it. */
const OP_RETURN = 0x6a

export interface DecodedOutput {
  readonly valueSats: bigint
  /** Undefined for a script that no address stands for. */
  readonly address: string | undefined
  /** Hex. */
  readonly script: string
  readonly kind: 'pool' | 'commitment' | 'other'
}

/** A coinbase transaction in parts that a person can read. */
export interface DecodedCoinbase {
  readonly txid: string
  /** What of the input's script is text: the pool's tag is in it. */
  readonly text: string
  /** Hex. */
  readonly inputScript: string
  readonly outputs: readonly DecodedOutput[]
  /** 80 bytes, hex: whose hash is the block's. */
  readonly header: string
  /** How many siblings lead from the coinbase to the header's Merkle root. */
  readonly merkleDepth: number
  readonly isInLog: boolean
}

/** Of a block of the pool, from what the public log says of it; undefined until it is stated there. */
export async function readCoinbase(
  { pool }: Pick<Database, 'pool'>,
  hash: string,
): Promise<DecodedCoinbase | undefined> {
  const found = await readBlockDocument(pool, hash)
  if (found === undefined) return undefined
  const document = JSON.parse(found.document) as {
    readonly statement: unknown
    readonly coinbase: string
    readonly merklePath: readonly string[]
  }
  const { network, header, poolScripts } = readBlockStatement(document.statement, `block ${hash}`)
  const transaction = parseTransaction(hexToBytes(document.coinbase))
  const inputScript = transaction.inputs[0]?.script ?? new Uint8Array(0)
  return {
    txid: displayHash(txid(transaction)),
    text: textIn(inputScript),
    inputScript: bytesToHex(inputScript),
    outputs: transaction.outputs.map(({ valueSats, script }) => {
      const isPool = poolScripts.includes(bytesToHex(script))
      return {
        valueSats,
        address: addressOfScript(script, network) ?? undefined,
        script: bytesToHex(script),
        kind: script[0] === OP_RETURN ? 'commitment' : isPool ? 'pool' : 'other',
      }
    }),
    header,
    merkleDepth: document.merklePath.length,
    isInLog: found.epoch !== undefined,
  }
}

/** Fewer letters in a row are chance. */
const SHORTEST_TEXT = /[\x20-\x7e]{4,}/g

function textIn(script: Uint8Array): string {
  const letters = Array.from(script, (byte) => String.fromCharCode(byte)).join('')
  return (letters.match(SHORTEST_TEXT) ?? []).join(' ')
}
