import * as nodeFiles from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import type { JournalFiles } from '../../src/journal/journal-files.js'

export type FileStep = 'open' | 'write' | 'datasync' | 'sync' | 'truncate' | 'rename' | 'unlink'

export interface Tracing {
  /** Called before each step with the name of the file; what it throws is what the disk says. */
  before?: (step: FileStep, name: string) => void | Promise<void>
  /** Called when the step has been done on the real disk. */
  after?: (step: FileStep, name: string) => void
  /** At most so many bytes are taken at once. */
  maxWriteBytes?: number
}

/** The real disk, watched step by step, and made to fail where a test says so. */
export function tracedFiles(tracing: Tracing): JournalFiles {
  const traced = async <T>(step: FileStep, path: string, act: () => Promise<T>): Promise<T> => {
    await tracing.before?.(step, basename(path))
    const result = await act()
    tracing.after?.(step, basename(path))
    return result
  }
  const open = async (path: string, flags: string): Promise<FileHandle> => {
    await tracing.before?.('open', basename(path))
    const handle = await nodeFiles.open(path, flags)
    try {
      tracing.after?.('open', basename(path))
    } catch (error) {
      await handle.close()
      throw error
    }
    return tracedHandle(handle, path, traced, tracing)
  }
  return {
    ...nodeFiles,
    open: open as JournalFiles['open'],
    rename: (from, to) => traced('rename', String(to), () => nodeFiles.rename(from, to)),
    unlink: (path) => traced('unlink', String(path), () => nodeFiles.unlink(path)),
  }
}

type Traced = <T>(step: FileStep, path: string, act: () => Promise<T>) => Promise<T>

function tracedHandle(handle: FileHandle, path: string, traced: Traced, tracing: Tracing): FileHandle {
  return new Proxy(handle, {
    get(target, name) {
      if (name === 'write') {
        return (bytes: Uint8Array, offset: number, length: number, position: number) =>
          traced('write', path, () =>
            target.write(bytes, offset, Math.min(length, tracing.maxWriteBytes ?? length), position),
          )
      }
      if (name === 'datasync' || name === 'sync') return () => traced(name, path, () => target[name]())
      if (name === 'truncate') return (size: number) => traced(name, path, () => target.truncate(size))
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

export function diskError(code: 'ENOSPC' | 'EIO'): Error {
  return Object.assign(new Error(code), { code })
}
