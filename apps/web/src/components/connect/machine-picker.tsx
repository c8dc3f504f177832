import clsx from 'clsx'
import Link from 'next/link'
import { pathOfChoice, type ConnectChoice } from './connect-choice'
import { MACHINES } from './machines'

/** Links, so that it works without scripts; the port is chosen again by the machine. */
export function MachinePicker({ choice }: { readonly choice: ConnectChoice }) {
  return (
    <ul className="grid gap-2 sm:grid-cols-2" aria-label="Machines">
      {MACHINES.map(({ id, name }) => (
        <li key={id}>
          <Link
            href={pathOfChoice({ ...choice, machine: id, port: undefined })}
            scroll={false}
            aria-current={id === choice.machine ? 'true' : undefined}
            className={clsx(
              'flex min-h-11 items-center rounded border px-3 py-2 text-sm',
              id === choice.machine
                ? 'border-copper bg-copper-wash text-ink font-medium'
                : 'border-line text-quiet hover:text-ink hover:border-edge',
            )}
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  )
}
