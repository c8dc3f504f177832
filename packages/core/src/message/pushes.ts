const OP_PUSHDATA1 = 0x4c
const OP_PUSHDATA2 = 0x4d
const OP_1NEGATE = 0x4f
const OP_1 = 0x51
const OP_16 = 0x60

/** An opcode of a script, with what it pushes. */
export interface ScriptItem {
  readonly opcode: number
  /** undefined: it pushes nothing. OP_0 pushes no bytes, OP_1 to OP_16 the byte of their number. */
  readonly data: Uint8Array | undefined
}

/**
 * A script cut into its opcodes; undefined when it ends within a push, or pushes in a longer form than needed
 * (MINIMALDATA).
 */
export function readScript(script: Uint8Array): ScriptItem[] | undefined {
  const items: ScriptItem[] = []
  let at = 0
  while (at < script.length) {
    const opcode = script[at++]!
    const head = pushHead(opcode, script, at)
    if (head === undefined) {
      items.push({ opcode, data: numberOf(opcode) })
      continue
    }
    at += head.lengthBytes
    const data = script.subarray(at, at + head.size)
    if (data.length !== head.size || !isShortest(opcode, data)) return undefined
    at += head.size
    items.push({ opcode, data })
  }
  return items
}

/** What a script pushes; undefined when it does anything else. */
export function readPushes(script: Uint8Array): Uint8Array[] | undefined {
  const pushes = readScript(script)?.map(({ data }) => data)
  return pushes?.every((data) => data !== undefined) === true ? pushes : undefined
}

/** The number of OP_1 to OP_16. */
export function smallNumber({ opcode }: ScriptItem): number | undefined {
  return opcode >= OP_1 && opcode <= OP_16 ? opcode - OP_1 + 1 : undefined
}

function pushHead(
  opcode: number,
  script: Uint8Array,
  at: number,
): { readonly size: number; readonly lengthBytes: number } | undefined {
  if (opcode < OP_PUSHDATA1) return { size: opcode, lengthBytes: 0 }
  if (opcode === OP_PUSHDATA1) return { size: script[at] ?? 0, lengthBytes: 1 }
  if (opcode === OP_PUSHDATA2)
    return { size: (script[at] ?? 0) | ((script[at + 1] ?? 0) << 8), lengthBytes: 2 }
  return undefined
}

function numberOf(opcode: number): Uint8Array | undefined {
  if (opcode === OP_1NEGATE) return Uint8Array.of(0x81)
  return opcode >= OP_1 && opcode <= OP_16 ? Uint8Array.of(opcode - OP_1 + 1) : undefined
}

/** Bitcoin Core `script.cpp` CheckMinimalPush. OP_PUSHDATA4 is for more than a script may push. */
function isShortest(opcode: number, data: Uint8Array): boolean {
  const [first] = data
  if (data.length === 1 && first !== undefined) return !((first >= 1 && first <= 16) || first === 0x81)
  if (data.length < OP_PUSHDATA1) return opcode === data.length
  return data.length <= 0xff ? opcode === OP_PUSHDATA1 : opcode === OP_PUSHDATA2
}
