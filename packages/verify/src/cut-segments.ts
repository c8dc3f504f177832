import { joinBytes } from '@headframe/core/bytes'

/** Bytes that end early, or go on where nothing should be. */
export class WrongLength extends Error {
  override readonly name = 'WrongLength'
}

/** Cuts a stream into pieces of the given sizes; holds no more than one of them at a time. Throws WrongLength. */
export async function* cutSegments(
  chunks: AsyncIterable<Uint8Array>,
  sizes: readonly number[],
): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  let rest: Uint8Array = new Uint8Array(0)
  try {
    for (const [index, size] of sizes.entries()) {
      const pieces = [rest]
      let length = rest.length
      while (length < size) {
        const next = await iterator.next()
        if (next.done === true) throw new WrongLength(`the bytes end in segment ${index} of ${sizes.length}`)
        pieces.push(next.value)
        length += next.value.length
      }
      const all = pieces.length === 1 ? rest : joinBytes(pieces)
      yield all.subarray(0, size)
      rest = all.subarray(size)
    }
    for (
      let next = await iterator.next();
      rest.length === 0 && next.done !== true;
      next = await iterator.next()
    ) {
      rest = next.value
    }
    if (rest.length > 0) throw new WrongLength(`bytes behind the last of ${sizes.length} segments`)
  } finally {
    await iterator.return?.()
  }
}
