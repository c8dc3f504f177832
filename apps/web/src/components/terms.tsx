import { formatCount } from '../format/count'
import { Hint } from './hint'

/** Terms explained once, in the words that every page uses. */
export function EffortHint() {
  return (
    <Hint term="effort">
      <p>
        Work of the round over the work a block takes on average: 100 % is the expectation, less is lucky. The
        depth in the shaft is the part of all rounds that end by then, so half of them end before 69 %.
      </p>
      <p className="mt-2">
        It says nothing about the next share: a long round is not “due”. On a test network whose difficulty is
        far below that of a share, one share can be thousands of blocks of work; then it is shown as a
        multiple.
      </p>
    </Hint>
  )
}

export function LuckHint() {
  return (
    <Hint term="luck">
      <p>
        Work that the pool needed over the work that so many blocks take on average. 100 % is the expectation;
        more is bad luck, less is good luck.
      </p>
      <p className="mt-2">
        Blocks are found by chance, so one round alone says nothing: one of twenty takes more than 300 %. Only
        outside of the shaded band, where nine of ten pools are by chance alone, is it worth a question.
      </p>
    </Hint>
  )
}

export function HashrateHint() {
  return (
    <Hint term="hashrate">
      Work of the accepted shares over the time in which they came. A share counts with the difficulty of its
      job, never with what its hash happened to reach. The fewer shares, the more chance moves the number:
      nine times in ten the true hashrate lies within the band that is given with it.
    </Hint>
  )
}

export function ConfirmationsHint() {
  return (
    <Hint term="confirmations">
      Blocks on top of this one. The network lets nobody spend a block&rsquo;s reward before a hundred of
      them; until then it may still lose its place in the chain.
    </Hint>
  )
}

export function ImmatureHint() {
  return (
    <Hint term="immature">
      Your part of blocks with fewer than a hundred blocks on top. The network does not allow anyone to spend
      it yet. If such a block loses its place in the chain, its part is taken back.
    </Hint>
  )
}

export function WindowHint({ pplnsWindow }: { readonly pplnsWindow: number }) {
  return (
    <Hint term="the PPLNS window">
      The most recent shares, as many as make up {formatCount(pplnsWindow)}× the work of one block, share each
      block&rsquo;s reward in proportion to their work. A share is paid by every block found while it is
      inside.
    </Hint>
  )
}
