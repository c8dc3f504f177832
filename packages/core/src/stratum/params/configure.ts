import { parseHexU32 } from '../hex.js'
import type { MalformedParams } from './malformed-params.js'
import { readText } from './text.js'

/** Most extensions one request may name; BIP 310 defines four. */
export const MAX_EXTENSIONS = 16

/** Longest extension name that is repeated in the answer. */
export const MAX_EXTENSION_CHARS = 64

export interface ConfigureParams {
  /** Names in the order of the request, known or not. */
  readonly extensions: readonly string[]
  /** `version-rolling.mask`; all bits when not given (BIP 310), undefined when it makes no sense. */
  readonly versionMask: number | undefined
  /** `minimum-difficulty.value`: 0 or more, undefined when missing or senseless. */
  readonly minimumDifficulty: number | undefined
  /** What the `info.*` parameters say of the device; empty when not given. */
  readonly device: DeviceInfo
}

export interface DeviceInfo {
  readonly hardwareVersion: string
  readonly softwareVersion: string
  readonly hardwareId: string
}

const ALL_BITS = 0xffffffff

/** `mining.configure` (BIP 310): [[extension, ...], {"extension.parameter": value, ...}?]. */
export function parseConfigure(params: readonly unknown[]): ConfigureParams | MalformedParams {
  const [extensions, values] = params
  if (!isExtensionList(extensions)) {
    const bound = `at most ${MAX_EXTENSIONS} of at most ${MAX_EXTENSION_CHARS} characters`
    return { malformed: `mining.configure needs a list of extension names as its first parameter (${bound})` }
  }
  const fields = typeof values === 'object' && values !== null ? (values as Record<string, unknown>) : {}
  return {
    extensions,
    versionMask: readMask(fields['version-rolling.mask']),
    minimumDifficulty: readMinimumDifficulty(fields['minimum-difficulty.value']),
    device: {
      hardwareVersion: readText(fields['info.hw-version']) ?? '',
      softwareVersion: readText(fields['info.sw-version']) ?? '',
      hardwareId: readText(fields['info.hw-id']) ?? '',
    },
  }
}

function isExtensionList(value: unknown): value is string[] {
  if (!Array.isArray(value) || value.length > MAX_EXTENSIONS) return false
  return value.every((name) => typeof name === 'string' && name.length <= MAX_EXTENSION_CHARS)
}

function readMask(value: unknown): number | undefined {
  if (value === undefined || value === null) return ALL_BITS
  return typeof value === 'string' ? parseHexU32(value) : undefined
}

function readMinimumDifficulty(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}
