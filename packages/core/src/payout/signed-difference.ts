import { equalBytes } from '../bytes.js'
import type { Transaction, TransactionInput, TransactionOutput } from '../chain/transaction.js'

/**
 * What is different about a transaction that should be the signed form of another: all but scripts and witnesses has to
 * be the same. In words that follow "it"; undefined when nothing is.
 */
export function signedDifference(signed: Transaction, unsigned: Transaction): string | undefined {
  return (
    differenceOfInputs(signed.inputs, unsigned.inputs) ??
    differenceOfOutputs(signed.outputs, unsigned.outputs) ??
    (signed.version === unsigned.version && signed.locktime === unsigned.locktime
      ? undefined
      : 'has another version or lock time')
  )
}

export function isSameCoin(a: TransactionInput, b: TransactionInput): boolean {
  return a.prevIndex === b.prevIndex && equalBytes(a.prevTxid, b.prevTxid)
}

function differenceOfInputs(
  signed: readonly TransactionInput[],
  unsigned: readonly TransactionInput[],
): string | undefined {
  if (!unsigned.some((input) => signed.some((own) => isSameCoin(own, input))))
    return 'spends none of its coins'
  if (signed.length !== unsigned.length)
    return `spends ${signed.length} coins, and ${unsigned.length} were to be spent`
  if (!signed.every((input, i) => isSameCoin(input, unsigned[i]!))) return 'spends other coins'
  return signed.every((input, i) => input.sequence === unsigned[i]!.sequence)
    ? undefined
    : 'has other sequence numbers'
}

function differenceOfOutputs(
  signed: readonly TransactionOutput[],
  unsigned: readonly TransactionOutput[],
): string | undefined {
  if (signed.length !== unsigned.length)
    return `has ${signed.length} outputs, and ${unsigned.length} were to be paid`
  for (const [i, output] of signed.entries()) {
    const wanted = unsigned[i]!
    if (!equalBytes(output.script, wanted.script)) return `pays somebody else by output ${i}`
    if (output.valueSats !== wanted.valueSats)
      return `pays ${output.valueSats} satoshis by output ${i}, and ${wanted.valueSats} were to be paid`
  }
  return undefined
}
