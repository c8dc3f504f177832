import { diskError, tracedFiles, type FileStep } from '../journal/traced-files.js'

export interface DiskFault {
  readonly step: FileStep
  /** Whether the step was done all the same. */
  readonly when: 'before' | 'after'
  /** So many steps of this kind in a row. */
  readonly turns: number
}

/** The real disk, which fails when it is told to, and works again after a while. */
export class FailingDisk {
  readonly files = tracedFiles({
    before: (step) => this.#turn(step, 'before'),
    after: (step) => this.#turn(step, 'after'),
  })
  #fault: DiskFault | undefined
  #turnsLeft = 0
  #failures = 0

  get failures(): number {
    return this.#failures
  }

  fail(fault: DiskFault): void {
    this.#fault = fault
    this.#turnsLeft = fault.turns
  }

  mend(): void {
    this.#fault = undefined
  }

  #turn(step: FileStep, when: DiskFault['when']): void {
    if (this.#fault?.step !== step || this.#fault.when !== when || this.#turnsLeft === 0) return
    this.#turnsLeft--
    this.#failures++
    throw diskError('EIO')
  }
}
