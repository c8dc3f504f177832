import type { Range } from '../measure/range'

/** What a page asks for before anybody has chosen: the server fetches the same ahead. */
export const FIRST_RANGE: Range = '24h'
export const LAST_BLOCKS = 6
export const BLOCKS_PER_PAGE = 25
export const EARNINGS_PER_PAGE = 10
export const SPLIT_LINES_PER_PAGE = 50
