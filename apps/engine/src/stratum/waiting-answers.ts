/**
 * Answers of one connection that wait for the journal, in the order of their requests. Kept as text, not as a list:
 * those whose shares are in the group commit under way, and those of the next. That is all there can be.
 */
export class WaitingAnswers {
  #text = ''
  #seq = 0
  #nextText = ''
  #nextSeq = 0

  get isEmpty(): boolean {
    return this.#text === ''
  }

  /** Characters of them all. */
  get length(): number {
    return this.#text.length + this.#nextText.length
  }

  /** A line that may leave once the journal has reached `afterCommit`; `takenSeq` is what it will reach next. */
  add(line: string, afterCommit: number, takenSeq: number): void {
    const waitsNoLonger = this.isEmpty || this.#seq > takenSeq || afterCommit <= this.#seq
    if (this.#nextText === '' && waitsNoLonger) {
      this.#text += line
      this.#seq = Math.max(this.#seq, afterCommit)
    } else {
      this.#nextText += line
      this.#nextSeq = Math.max(this.#nextSeq, this.#seq, afterCommit)
    }
  }

  /** The journal has reached `committedSeq`: what need not wait any more. */
  take(committedSeq: number): string {
    if (this.#seq > committedSeq) return ''
    let ready = this.#text
    this.#text = this.#nextText
    this.#seq = this.#nextSeq
    this.#nextText = ''
    this.#nextSeq = 0
    if (!this.isEmpty && this.#seq <= committedSeq) {
      ready += this.#text
      this.clear()
    }
    return ready
  }

  clear(): void {
    this.#text = ''
    this.#seq = 0
    this.#nextText = ''
    this.#nextSeq = 0
  }
}
