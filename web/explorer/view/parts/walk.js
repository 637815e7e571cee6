/** Arrow keys between the text fields of a matrix. */

import { isModified } from './rove.js'

/**
 * Up and down move between cells. Left and right do so only at the ends of the text; before that they move the caret.
 * @param {HTMLInputElement[][]} inputs by row
 */
export function walkWithArrows(inputs) {
  inputs.forEach((row, i) => {
    row.forEach((input, j) => {
      input.addEventListener('keydown', (event) => {
        if (isModified(event)) return
        const { selectionStart: start, selectionEnd: end, value } = input
        const isAll = start === 0 && end === value.length
        const to = {
          ArrowUp: () => inputs[i - 1]?.[j],
          ArrowDown: () => inputs[i + 1]?.[j],
          ArrowLeft: () => (isAll || end === 0) && row[j - 1],
          ArrowRight: () => (isAll || start === value.length) && row[j + 1],
        }[event.key]?.()
        if (!to) return
        event.preventDefault()
        to.focus()
        to.select()
      })
    })
  })
}
