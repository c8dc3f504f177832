const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'] as const
const STEP = 1000

export interface Scaled {
  /** Digits only, three significant ones, with a decimal point where it needs one. */
  readonly value: string
  /** SI prefix, empty for none. */
  readonly prefix: string
}

/**
 * Scales a quantity to three significant digits and an SI prefix: 1234567 is 1.23 M.
 *
 * A value that would round up to 1000 moves on to the next prefix, so that "1000 k" is never shown; beyond the
 * last prefix the digits simply grow. Below one, the value keeps three significant digits.
 *
 * @param quantity finite and not negative
 */
export function scaleSi(quantity: number): Scaled {
  if (quantity === 0) return { value: '0', prefix: '' }
  if (quantity < 1) return { value: plainDigits(quantity), prefix: '' }
  let scaled = quantity
  let index = 0
  while (Number(scaled.toPrecision(3)) >= STEP && index < PREFIXES.length - 1) {
    scaled /= STEP
    index += 1
  }
  return { value: threeDigits(scaled), prefix: PREFIXES[index] ?? '' }
}

function threeDigits(value: number): string {
  if (value >= STEP) return groupDigits(Math.round(value).toString())
  // A value such as 9.999 rounds to 10.0: count the digits of what is printed, not of what came in.
  const rounded = Number(value.toPrecision(3))
  if (rounded >= 100) return rounded.toFixed(0)
  return rounded.toFixed(rounded >= 10 ? 1 : 2)
}

/** Three significant digits without an exponent as long as that stays readable: 0.000001, then 4.66e-10. */
function plainDigits(value: number): string {
  const rounded = Number(value.toPrecision(3))
  if (rounded < 1e-7) return rounded.toExponential()
  return rounded.toFixed(10).replace(/0+$/, '').replace(/\.$/, '')
}

/** Groups the integer part of a decimal number by threes: -1234567.89 is -1,234,567.89. */
export function groupDigits(digits: string): string {
  const [whole = '', fraction] = digits.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}
