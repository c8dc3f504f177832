import { Failure } from './failure.mjs'

const MINIMUM = [20, 19]

/** @param {string} version as in process.versions.node */
export function checkNodeVersion(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return
  throw new Failure(`Headframe needs Node ${MINIMUM.join('.')} or newer; this is ${version}.`)
}
