import { formatDifficulty } from './format-difficulty.js'
import { formatHexU32 } from './hex.js'
import { bytesToHex } from '../bytes.js'

/** `mining.set_difficulty`: holds for the jobs that follow it. Lines end with their newline. */
export function setDifficultyLine(difficulty: number): string {
  return pushLine('mining.set_difficulty', formatDifficulty(difficulty))
}

/** `mining.set_version_mask` (BIP 310): the bits that may be rolled in the jobs that follow. */
export function setVersionMaskLine(versionMask: number): string {
  return pushLine('mining.set_version_mask', `"${formatHexU32(versionMask)}"`)
}

/** `mining.set_extranonce`: holds for the jobs that follow; only for miners that asked for it. */
export function setExtranonceLine(extranonce1: Uint8Array, extranonce2Size: number): string {
  return pushLine('mining.set_extranonce', `"${bytesToHex(extranonce1)}",${extranonce2Size}`)
}

/** `client.show_message`: some miners show it to their owner. */
export function showMessageLine(text: string): string {
  return pushLine('client.show_message', JSON.stringify(text))
}

/**
 * `client.reconnect` without a host: come back to where you are connected now. No other form is ever sent, because
 * firmware that follows a named host can be led away by whoever sits on the line.
 */
export function reconnectLine(): string {
  return pushLine('client.reconnect', '')
}

/** `mining.ping`. The answer has the same id, as a result or as a method named `pong`; some miners never answer. */
export function pingLine(id: number): string {
  return `{"id":${id},"method":"mining.ping","params":[]}\n`
}

/** `client.get_version`: the answer's result is text such as `cgminer/4.12.1`. */
export function getVersionLine(id: number): string {
  return `{"id":${id},"method":"client.get_version","params":[]}\n`
}

function pushLine(method: string, params: string): string {
  return `{"id":null,"method":"${method}","params":[${params}]}\n`
}
