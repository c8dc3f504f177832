import { crc32 } from 'node:zlib'
import { FRAME_HEADER_BYTES, FRAME_MARK, MAGIC, MAX_FRAME_BYTES, PREAMBLE_BYTES, VERSION } from './layout.js'

const FRAME_START = PREAMBLE_BYTES
const LENGTH_START = FRAME_START + FRAME_MARK.length
const RECORDS_START = FRAME_START + FRAME_HEADER_BYTES

/** CRC-32 (as in zlib) of a frame's length field and its records. */
export function frameCrc(lengthField: Uint8Array, records: Uint8Array): number {
  return crc32(records, crc32(lengthField))
}

/**
 * One frame in the making, in memory that is used again for the next one. In front of it stands the preamble of
 * a segment, which only the first frame takes along.
 */
export class FrameBuffer {
  readonly bytes: Uint8Array
  readonly view: DataView
  /** Where the next record goes. */
  offset = RECORDS_START

  /** `capacityBytes` bounds the records of a frame. Throws RangeError above `MAX_FRAME_BYTES`. */
  constructor(capacityBytes: number) {
    if (capacityBytes > MAX_FRAME_BYTES)
      throw new RangeError(`a frame of ${capacityBytes} bytes is too large`)
    this.bytes = new Uint8Array(RECORDS_START + capacityBytes)
    this.view = new DataView(this.bytes.buffer)
    this.bytes.set(MAGIC)
    this.bytes[MAGIC.length] = VERSION
    this.bytes.set(FRAME_MARK, FRAME_START)
  }

  get isEmpty(): boolean {
    return this.offset === RECORDS_START
  }

  /** Bytes of records in the frame. */
  get size(): number {
    return this.offset - RECORDS_START
  }

  hasRoom(byteCount: number): boolean {
    return this.offset + byteCount <= this.bytes.length
  }

  put(record: Uint8Array): void {
    this.bytes.set(record, this.offset)
    this.offset += record.length
  }

  /** The frame as it goes to the file, with the preamble in front if it `isFirst`. A view until `clear`. */
  finish(isFirst: boolean): Uint8Array {
    this.view.setUint32(LENGTH_START, this.size, true)
    const lengthField = this.bytes.subarray(LENGTH_START, LENGTH_START + 4)
    const crc = frameCrc(lengthField, this.bytes.subarray(RECORDS_START, this.offset))
    this.view.setUint32(LENGTH_START + 4, crc, true)
    return this.bytes.subarray(isFirst ? 0 : FRAME_START, this.offset)
  }

  clear(): void {
    this.offset = RECORDS_START
  }
}
