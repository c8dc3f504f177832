import type { Readable } from 'node:stream'

const LINE_FEED = 0x0a

/**
 * The next line of a stream that nobody else reads, without its line feed; what comes behind it stays in the stream.
 * Undefined when the stream ends before, or the line is longer than `maxBytes`.
 */
export function readLine(stream: Readable, maxBytes: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0)
    const finish = (line: string | undefined): void => {
      stream.off('readable', look).off('end', giveUp).off('close', giveUp).off('error', giveUp)
      resolve(line)
    }
    const giveUp = (): void => finish(undefined)
    const look = (): void => {
      for (let chunk; (chunk = stream.read() as Buffer | null) !== null;) {
        bytes = Buffer.concat([bytes, chunk])
        const end = bytes.indexOf(LINE_FEED)
        if (end > maxBytes || (end === -1 && bytes.length > maxBytes)) return giveUp()
        if (end === -1) continue
        if (end + 1 < bytes.length) stream.unshift(bytes.subarray(end + 1))
        return finish(bytes.toString('utf8', 0, end))
      }
    }
    stream.on('readable', look).on('end', giveUp).on('close', giveUp).on('error', giveUp)
  })
}
