import { ByteReader, compactSize, concatBytes, joinBytes, uint32LE, uint64LE } from '../bytes.js'
import { sha256d } from '../hash.js'

export interface TransactionInput {
  /** 32 bytes, internal order; zero for a coinbase. */
  readonly prevTxid: Uint8Array
  /** 0xffffffff for a coinbase. */
  readonly prevIndex: number
  readonly script: Uint8Array
  readonly sequence: number
  /** Empty when the input has no witness. */
  readonly witness: readonly Uint8Array[]
}

export interface TransactionOutput {
  readonly valueSats: bigint
  readonly script: Uint8Array
}

export interface Transaction {
  readonly version: number
  readonly inputs: readonly TransactionInput[]
  readonly outputs: readonly TransactionOutput[]
  readonly locktime: number
}

/** Stands where the input count would, which is never 0, and tells the witness form (BIP 144). */
const WITNESS_MARKER = 0x00
const WITNESS_FLAG = 0x01

/** Throws RangeError, naming the field, unless `bytes` are exactly one transaction in either form. */
export function parseTransaction(bytes: Uint8Array): Transaction {
  const reader = new ByteReader(bytes)
  const transaction = readTransaction(reader)
  reader.end('transaction')
  return transaction
}

/** Reads one transaction in either form (BIP 144). Scripts, hashes and witnesses are views of what was read. */
export function readTransaction(reader: ByteReader): Transaction {
  const version = reader.u32('version')
  let inputCount = reader.compactSize('input count')
  const isWitnessForm = inputCount === WITNESS_MARKER
  if (isWitnessForm) {
    if (reader.u8('witness flag') !== WITNESS_FLAG) throw new RangeError('witness flag: not 1')
    inputCount = reader.compactSize('input count')
  }
  const bareInputs = readMany(reader, inputCount, readInput)
  const outputs = readMany(reader, reader.compactSize('output count'), readOutput)
  const inputs = isWitnessForm ? readWitnesses(reader, bareInputs) : bareInputs
  return { version, inputs, outputs, locktime: reader.u32('locktime') }
}

/** The form that is sent and stored: with witness when any input has one. */
export function serialiseTransaction(transaction: Transaction): Uint8Array {
  if (!hasWitness(transaction)) return serialiseWithoutWitness(transaction)
  return concatBytes(
    uint32LE(transaction.version),
    Uint8Array.of(WITNESS_MARKER, WITNESS_FLAG),
    serialiseBody(transaction),
    joinBytes(transaction.inputs.map(serialiseWitness)),
    uint32LE(transaction.locktime),
  )
}

/** The form the txid is the hash of. */
export function serialiseWithoutWitness(transaction: Transaction): Uint8Array {
  return concatBytes(
    uint32LE(transaction.version),
    serialiseBody(transaction),
    uint32LE(transaction.locktime),
  )
}

/** 32 bytes, internal order. */
export function txid(transaction: Transaction): Uint8Array {
  return sha256d(serialiseWithoutWitness(transaction))
}

/** 32 bytes, internal order; the txid when there is no witness (BIP 141). */
export function wtxid(transaction: Transaction): Uint8Array {
  return sha256d(serialiseTransaction(transaction))
}

export function hasWitness({ inputs }: Pick<Transaction, 'inputs'>): boolean {
  return inputs.some((input) => input.witness.length > 0)
}

function readMany<T>(reader: ByteReader, count: number, read: (reader: ByteReader) => T): T[] {
  const items: T[] = []
  for (let i = 0; i < count; i++) items.push(read(reader))
  return items
}

function readInput(reader: ByteReader): TransactionInput {
  return {
    prevTxid: reader.bytes(32, 'previous txid'),
    prevIndex: reader.u32('previous output index'),
    script: readSized(reader, 'input script'),
    sequence: reader.u32('sequence'),
    witness: [],
  }
}

function readOutput(reader: ByteReader): TransactionOutput {
  return { valueSats: reader.u64('output value'), script: readSized(reader, 'output script') }
}

/** Every input's witness, in order. The witness form is refused where the bare one would do (Bitcoin Core `transaction.h`). */
function readWitnesses(reader: ByteReader, bareInputs: readonly TransactionInput[]): TransactionInput[] {
  const inputs = bareInputs.map((input) => ({ ...input, witness: readWitness(reader) }))
  if (!hasWitness({ inputs })) throw new RangeError('witness: superfluous')
  return inputs
}

function readWitness(reader: ByteReader): Uint8Array[] {
  return readMany(reader, reader.compactSize('witness item count'), readWitnessItem)
}

function readWitnessItem(reader: ByteReader): Uint8Array {
  return readSized(reader, 'witness item')
}

function readSized(reader: ByteReader, what: string): Uint8Array {
  return reader.bytes(reader.compactSize(what), what)
}

function serialiseBody({ inputs, outputs }: Transaction): Uint8Array {
  return concatBytes(
    compactSize(inputs.length),
    joinBytes(inputs.map(serialiseInput)),
    compactSize(outputs.length),
    joinBytes(outputs.map(serialiseOutput)),
  )
}

function serialiseInput({ prevTxid, prevIndex, script, sequence }: TransactionInput): Uint8Array {
  return concatBytes(prevTxid, uint32LE(prevIndex), sized(script), uint32LE(sequence))
}

export function serialiseOutput({ valueSats, script }: TransactionOutput): Uint8Array {
  return concatBytes(uint64LE(valueSats), sized(script))
}

function serialiseWitness({ witness }: TransactionInput): Uint8Array {
  return concatBytes(compactSize(witness.length), joinBytes(witness.map(sized)))
}

function sized(bytes: Uint8Array): Uint8Array {
  return concatBytes(compactSize(bytes.length), bytes)
}
