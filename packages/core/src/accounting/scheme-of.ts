import type { PayoutMode } from '../share/share.js'
import { fpps } from './fpps.js'
import { pplns } from './pplns.js'
import type { Scheme } from './scheme.js'
import { solo } from './solo.js'

const SCHEMES: Readonly<Record<PayoutMode, Scheme>> = { pplns, solo, fpps }

export function schemeOf(mode: PayoutMode): Scheme {
  return SCHEMES[mode]
}
