/** How the numbers along an axis are set. */
export const AXIS = { fill: 'var(--color-faint)', fontSize: 12 }

export const MARGIN = { top: 8, right: 4, bottom: 0, left: 0 }
