/** The text of an array parameter: for thousands of numbers a fraction of what the driver takes to write each. */
export const numberArray = (values: readonly (number | bigint)[]): string => `{${values.join(',')}}`
