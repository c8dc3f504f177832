import clsx from 'clsx'
import { Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export type Tone = 'plain' | 'wait' | 'wrong'

const TONES: Record<Tone, string> = {
  plain: 'border-line bg-sunken text-quiet',
  wait: 'border-ochre/50 bg-ochre-wash text-ochre',
  wrong: 'border-oxide/50 bg-oxide-wash text-oxide',
}

interface NoticeProps {
  readonly tone: Tone
  readonly title: string
  readonly children?: ReactNode
  /** "status" for what may wait until the reader pauses, "alert" for what may not. */
  readonly role?: 'status' | 'alert'
}

/** Something to know, in a tone that does not depend on colour alone. */
export function Notice({ tone, title, children, role }: NoticeProps) {
  const Icon = tone === 'plain' ? Info : TriangleAlert
  return (
    <div role={role} className={clsx('flex gap-3 rounded border px-4 py-3', TONES[tone])}>
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" className="mt-0.5 shrink-0" />
      <div className="min-w-0">
        <p className="text-ink font-medium">{title}</p>
        {children !== undefined && <div className="text-quiet mt-0.5 text-sm">{children}</div>}
      </div>
    </div>
  )
}
