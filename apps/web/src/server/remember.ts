/**
 * `make`, made once for each object: what it made is kept for as long as the object itself. For what is never changed,
 * such as answers that all visitors share for a moment.
 */
export function rememberEach<T>(make: (value: unknown) => T): (value: unknown) => T {
  const made = new WeakMap<object, T>()
  return (value) => {
    if (typeof value !== 'object' || value === null) return make(value)
    const known = made.get(value)
    if (known !== undefined) return known
    const fresh = make(value)
    made.set(value, fresh)
    return fresh
  }
}
