'use client'

import { Choice } from '../form/choice'
import { Field } from '../form/field'

const MAX_SEARCH_CHARS = 200

interface SearchBarProps<Order extends string> {
  /** What can be searched for. */
  readonly label: string
  readonly note?: string
  readonly text: string
  readonly onText: (text: string) => void
  /** Each with its name. */
  readonly orders: Readonly<Record<Order, string>>
  readonly order: Order
  readonly onOrder: (order: Order) => void
}

/** Above a list of the console: what to look for, and in which order. */
export function SearchBar<Order extends string>(props: SearchBarProps<Order>) {
  const { label, note, text, onText, orders, order, onOrder } = props
  const names = Object.keys(orders) as Order[]
  return (
    <div className="mb-4 grid gap-3 sm:grid-cols-[2fr_1fr]">
      <Field
        label={label}
        {...(note === undefined ? {} : { note })}
        type="search"
        value={text}
        maxLength={MAX_SEARCH_CHARS}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <Choice
        label="Order"
        value={order}
        onChoose={(value) => onOrder(names.find((known) => known === value) ?? order)}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {orders[name]}
          </option>
        ))}
      </Choice>
    </div>
  )
}
