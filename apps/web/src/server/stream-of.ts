/** A stream that is made as its reader takes it. */
export function streamOf<T>(
  chunks: AsyncGenerator<T>,
  bytesOf: (chunk: T) => Uint8Array,
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next()
      if (next.done === true) controller.close()
      else controller.enqueue(bytesOf(next.value))
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
}
