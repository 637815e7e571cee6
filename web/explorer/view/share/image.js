/** The collapse as a PNG: what the presses show, and A and B below. */

import { writeTensor } from '../../model/tensors.js'
import { element, svg } from '../dom.js'
import { measured, pictureOf } from './picture.js'

/* The margin around, which the size that flies out needs, and the type of the line below, in pixels. */
const MARGIN = 32
const LINE = 24
const TYPE = 16
/* Sharp on screens of twice the pixels, and not too large for a canvas anywhere. */
const SHARP = 2
const LARGEST = 4096

/**
 * @param {HTMLElement} presses
 * @param {import('../../state/state.js').State} state
 * @returns {Promise<Blob>}
 */
export async function imageOf(presses, { a, b }) {
  const picture = withOperands(pictureOf(presses), presses, [`A = ${spaced(a)}`, `B = ${spaced(b)}`])
  const [width, height] = ['width', 'height'].map((name) => Number(picture.getAttribute(name)))
  const scale = Math.min(Math.max(SHARP, devicePixelRatio), LARGEST / width, LARGEST / height)
  const canvas = element('canvas', { width: Math.round(width * scale), height: Math.round(height * scale) })
  picture.setAttribute('viewBox', `0 0 ${width} ${height}`)
  for (const name of ['width', 'height']) picture.setAttribute(name, `${canvas[name]}`)
  const image = element('img')
  // A data: URL is allowed where policies are strict.
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`
  await image.decode()
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  pen.fillStyle = groundOf(presses)
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(image, 0, 0)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No picture.'))), 'image/png')
  })
}

const spaced = (tensor) => writeTensor(tensor).replaceAll(',', ', ')

const groundOf = (node) => getComputedStyle(/** @type {ShadowRoot} */ (node.getRootNode()).host).backgroundColor

function withOperands(picture, presses, lines) {
  const [inner, high] = ['width', 'height'].map((name) => Number(picture.getAttribute(name)))
  const style = getComputedStyle(presses)
  const family = style.getPropertyValue('--mono')
  const longest = Math.max(...lines.map((line) => measured(line, `${TYPE}px ${family}`).width))
  const size = Math.min(TYPE, (TYPE * inner) / longest)
  picture.setAttribute('x', `${MARGIN}`)
  picture.setAttribute('y', `${MARGIN}`)
  return svg(
    'svg',
    { width: inner + 2 * MARGIN, height: high + 2.5 * MARGIN + lines.length * LINE },
    picture,
    ...lines.map((line, i) =>
      svg(
        'text',
        {
          x: MARGIN,
          y: high + 1.75 * MARGIN + (i + 0.5) * LINE,
          fill: style.color,
          'font-family': family,
          'font-size': size,
        },
        line,
      ),
    ),
  )
}
