import { CircleCheck, CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatSats } from '../../format/money'
import { checkSplit, isPaidWhole, type SplitLine, type SplitTotals } from '../../measure/check-split'

interface SplitCheckProps {
  readonly earning: SplitLine
  readonly split: SplitTotals
}

/** The arithmetic of one amount, worked out in the reader's browser from the numbers that he can check himself. */
export function SplitCheck({ earning, split }: SplitCheckProps) {
  const check = checkSplit(earning, split)
  if (isPaidWhole(earning, split))
    return <PaidByBlock earning={earning} split={split} isRight={check.isRight} />
  return (
    <div className="bg-sunken rounded p-4 text-left text-sm">
      <p className="text-quiet mb-3 max-w-prose">
        Scores of the window are lined up by address. What everybody up to you gets, less what everybody
        before you gets, is yours; so all amounts together are the reward, to the satoshi.
      </p>
      <dl className="grid gap-x-4 gap-y-1.5 font-mono text-[0.8125rem] sm:grid-cols-[auto_1fr]">
        <Step name="Coinbase">{formatSats(split.coinbaseValueSats)} sats</Step>
        <Step name="Pool fee">
          ⌊{formatSats(split.coinbaseValueSats)} × {split.feeBasisPoints} / 10,000⌋ ={' '}
          {formatSats(check.feeSats)} sats
        </Step>
        <Step name="Reward">{formatSats(check.rewardSats)} sats</Step>
        {split.finderBonusBasisPoints > 0 && (
          <Step name="To the finder">
            ⌊{formatSats(check.rewardSats)} × {split.finderBonusBasisPoints} / 10,000⌋ ={' '}
            {formatSats(check.finderBonusSats)} sats
          </Step>
        )}
        <Step name="Window">{split.windowTotal.toString()}</Step>
        <Step name="Your score">{earning.score.toString()}</Step>
        <Step name="Up to you">
          ⌊{formatSats(check.cutSats)} × {earning.prefixAfter.toString()} / {split.windowTotal.toString()}⌋ ={' '}
          {formatSats(check.upToYouSats)}
        </Step>
        <Step name="Before you">
          ⌊{formatSats(check.cutSats)} × {earning.prefixBefore.toString()} / {split.windowTotal.toString()}⌋ ={' '}
          {formatSats(check.beforeYouSats)}
        </Step>
        <Step name="Yours">
          {formatSats(check.upToYouSats)} − {formatSats(check.beforeYouSats)}
          {earning.bonusSats > 0n && ` + ${formatSats(earning.bonusSats)}`} ={' '}
          <strong>{formatSats(check.amountSats)} sats</strong>
        </Step>
        {earning.directSats > 0n && (
          <Step name="Of it">
            {formatSats(earning.directSats)} sats paid to your address by the block&apos;s own coinbase
          </Step>
        )}
      </dl>
      <Verdict isRight={check.isRight} bookedSats={earning.amountSats} />
    </div>
  )
}

/** Nothing to work out: the block itself has paid, and anybody's node shows its coinbase. */
function PaidByBlock({ earning, split, isRight }: SplitCheckProps & { readonly isRight: boolean }) {
  return (
    <div className="bg-sunken rounded p-4 text-left text-sm">
      <p className="text-quiet mb-3 max-w-prose">
        The block&apos;s own coinbase pays this to your address: the pool never had it and does not owe it.
        Look the block up in any node or explorer.
      </p>
      <dl className="grid gap-x-4 gap-y-1.5 font-mono text-[0.8125rem] sm:grid-cols-[auto_1fr]">
        <Step name="Coinbase">{formatSats(split.coinbaseValueSats)} sats</Step>
        <Step name="To the pool">{formatSats(split.poolFeeSats)} sats</Step>
        <Step name="To you">
          {formatSats(split.coinbaseValueSats)} − {formatSats(split.poolFeeSats)} ={' '}
          <strong>{formatSats(earning.directSats)} sats</strong>
        </Step>
      </dl>
      <Verdict isRight={isRight} bookedSats={earning.amountSats} />
    </div>
  )
}

function Step({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-faint font-sans max-sm:mt-1">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  )
}

function Verdict({ isRight, bookedSats }: { readonly isRight: boolean; readonly bookedSats: bigint }) {
  const Icon = isRight ? CircleCheck : CircleX
  return (
    <p className={`mt-4 flex items-center gap-2 ${isRight ? 'text-copper' : 'text-oxide'}`}>
      <Icon size={16} aria-hidden="true" className="shrink-0" />
      {isRight
        ? 'Worked out in your browser: the ledger has the same amount.'
        : `This does not come out: the ledger has ${formatSats(bookedSats)} sats. Please tell the operator.`}
    </p>
  )
}
