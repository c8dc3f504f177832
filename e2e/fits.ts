import { expect, type Page } from '@playwright/test'

/** Runs in the page. What scrolls on its own, or is cut off by what it is in, widens nothing. */
const WIDE = `(() => {
  const isOver = (element) => element.getBoundingClientRect().right > document.documentElement.clientWidth
  const isHeld = (element) => {
    for (let over = element.parentElement; over !== null && over !== document.body; over = over.parentElement)
      if (getComputedStyle(over).overflowX !== 'visible') return true
    return false
  }
  const isWider = document.documentElement.scrollWidth > innerWidth
  return !isWider ? [] : [...document.querySelectorAll('body *')]
    .filter((element) => isOver(element) && !isHeld(element))
    .map((element) => element.outerHTML.slice(0, 300))
})()`

/** No part of the page reaches beyond its window: nobody has to scroll to the side. */
export async function expectFits(page: Page, what: string): Promise<void> {
  expect(await page.evaluate<string[]>(WIDE), `parts of ${what} that are wider than the window`).toEqual([])
}
