/** Forms of these panels look like one another. */
export const BOX = 'border-edge bg-sunken min-h-11 w-full min-w-0 rounded border px-3 text-base lg:text-sm'
export const BUTTON = 'border-edge hover:bg-line/50 min-h-11 rounded border px-4 text-sm disabled:opacity-50'
export const MAIN_BUTTON =
  'border-copper bg-copper text-on-copper min-h-11 rounded border px-4 text-sm disabled:opacity-50 sm:w-fit'
export const LABEL = 'text-quiet mb-1 block text-sm'

export const textOf = (value: FormDataEntryValue | null): string =>
  typeof value === 'string' ? value.trim() : ''
