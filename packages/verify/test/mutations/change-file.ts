import type { JsonObject } from '@headframe/core/published/signed-document'
import type { LogFiles } from '../support/seal-log.js'

/** Changes a document without signing it again. */
export function changeDocument(
  files: LogFiles,
  path: string,
  change: (document: JsonObject) => JsonObject,
): void {
  const document = JSON.parse(Buffer.from(files.get(path)!).toString('utf8')) as JsonObject
  files.set(path, Buffer.from(JSON.stringify(change(document))))
}

export function changeBytes(files: LogFiles, path: string, change: (bytes: Uint8Array) => void): void {
  const bytes = files.get(path)!.slice()
  change(bytes)
  files.set(path, bytes)
}
