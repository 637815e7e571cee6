/** Shared by the tests of present mode: what is on its screen. */
import { textOf } from './browser.js'

export const PRESENTED = '#show=story,collapse&present=story'
export const NAMES = ['A, B', 'pair', 'multiply', 'add', 'divide', 'cosine']

export const screen = (page) => page.locator('dialog.presentation')
export const menu = (page) => page.locator('dialog.present-menu')
export const where = (page) => screen(page).locator('.where').textContent()
export const announced = (page) => textOf(screen(page).locator('.present-bar [role=status]'))
export const stage = async (page) =>
  (await screen(page).getByRole('slider', { name: 'Stage' }).getAttribute('aria-valuetext'))?.replace(
    /, stage . of 6$/,
    '',
  )
export const button = (page, name) => screen(page).getByRole('button', { name, exact: true })
export const hashOf = (page) => page.evaluate(() => document.querySelector('cosine-dim')?.hash)
export const results = (page) => screen(page).locator('.presses .of-result:visible').allTextContents()

/** The sections that are seen. */
export const sections = (page) =>
  screen(page)
    .locator('[id^="section-"]')
    .filter({ visible: true })
    .evaluateAll((all) => all.map(({ id }) => id.replace('section-', '')))

export async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key)
}
