/**
 * What stands on the page as one SVG that needs nothing around it: SVG drawings, and the text, grounds and borders of HTML
 * elements, with the colours and typefaces that they have there.
 */

import { element, svg, zoomOf } from '../dom.js'
import { definitionsFor, drawingOf } from './drawing.js'

/* What can only be used is not part of the picture, nor is what only screen readers get. */
const LEFT_OUT = 'input, button, select, .unseen'

/** @typedef {(rect: { x: number, y: number, width: number, height: number }) => { x: number, y: number }} Middle */

/**
 * @param {HTMLElement} block
 * @returns {SVGElement} as large as the block, which is where it is
 */
export function pictureOf(block) {
  const zoom = zoomOf(block)
  const { x, y, width, height } = block.getBoundingClientRect()
  /** @type {Middle} */
  const middle = (rect) => ({ x: (rect.x + rect.width / 2 - x) / zoom, y: (rect.y + rect.height / 2 - y) / zoom })
  const parts = partsOf(block, { middle, zoom })
  const picture = svg('svg', { width: width / zoom, height: height / zoom, overflow: 'visible' }, ...parts)
  picture.prepend(definitionsFor(picture, /** @type {ShadowRoot} */ (block.getRootNode())))
  return picture
}

/**
 * @param {Node} node
 * @param {{ middle: Middle, zoom: number }} view
 * @returns {SVGElement[]}
 */
function partsOf(node, view) {
  if (node instanceof Text) return linesOf(node, view)
  if (!(node instanceof Element) || node.matches(LEFT_OUT)) return []
  const style = getComputedStyle(node)
  if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0') return []
  const rect = node.getBoundingClientRect()
  if (node instanceof SVGSVGElement) return [placed(drawingOf(node), view.middle(rect), sizeOf(rect, view))]

  const isMoved = style.transform !== 'none'
  const matrix = new DOMMatrix(isMoved ? style.transform : undefined)
  const shown = view.middle(rect)
  // Turning and scaling are about the middle, which only moves.
  const own = { x: shown.x - matrix.e, y: shown.y - matrix.f }
  const size = isMoved
    ? { width: Number.parseFloat(style.width), height: Number.parseFloat(style.height) }
    : sizeOf(rect, view)
  const inverse = new DOMMatrix([matrix.a, matrix.b, matrix.c, matrix.d, 0, 0]).inverse()
  const inner = {
    ...view,
    middle: (rect) => {
      const { x, y } = view.middle(rect)
      const back = inverse.transformPoint({ x: x - shown.x, y: y - shown.y })
      return { x: own.x + back.x, y: own.y + back.y }
    },
  }
  const parts = [
    ...boxOf(own, size, style),
    ...['::before', '::after'].flatMap((which) => pseudoOf(node, which, own, size, style)),
    ...[...node.childNodes].flatMap((child) => partsOf(child, isMoved ? inner : view)),
  ]
  return [group(parts, own, matrix, style.opacity)]
}

const sizeOf = ({ width, height }, { zoom }) => ({ width: width / zoom, height: height / zoom })

const group = (parts, { x, y }, { a, b, c, d, e, f }, opacity) =>
  svg(
    'g',
    { transform: `translate(${x + e} ${y + f}) matrix(${a} ${b} ${c} ${d} 0 0) translate(${-x} ${-y})`, opacity },
    ...parts,
  )

function placed(drawing, { x, y }, { width, height }) {
  for (const [name, value] of Object.entries({ x: x - width / 2, y: y - height / 2, width, height }))
    drawing.setAttribute(name, `${value}`)
  return drawing
}

/** The ground and the border of an element. */
function boxOf({ x, y }, { width, height }, style) {
  const border = Number.parseFloat(style.borderTopWidth)
  const isBordered = border > 0 && style.borderTopStyle !== 'none'
  const isFilled = !/^transparent$|[,/] 0\)$/.test(style.backgroundColor)
  // A rule on one side only is not a border around.
  if (!isFilled && !(isBordered && style.borderLeftWidth === style.borderTopWidth)) return []
  const inset = isBordered ? border / 2 : 0
  return [
    svg('rect', {
      x: x - width / 2 + inset,
      y: y - height / 2 + inset,
      width: Math.max(0, width - 2 * inset),
      height: Math.max(0, height - 2 * inset),
      rx: Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, width / 2, height / 2),
      fill: isFilled ? style.backgroundColor : 'none',
      stroke: isBordered ? style.borderTopColor : 'none',
      'stroke-width': border,
      'stroke-dasharray': style.borderTopStyle === 'dashed' && `${2 * border} ${1.5 * border}`,
    }),
  ]
}

/** A line or a ground that a style sheet places in an element. */
function pseudoOf(node, which, { x, y }, size, around) {
  const style = getComputedStyle(node, which)
  if (style.content === 'none' || style.position !== 'absolute') return []
  const px = (name, from = style) => Number.parseFloat(from[name]) || 0
  const [width, height] = [px('width'), px('height')]
  const middle = {
    x: x - size.width / 2 + px('borderLeftWidth', around) + px('left') + width / 2,
    y: y - size.height / 2 + px('borderTopWidth', around) + px('top') + height / 2,
  }
  const matrix = new DOMMatrix(style.transform === 'none' ? undefined : style.transform)
  return [group(boxOf(middle, { width, height }, style), middle, matrix, style.opacity)]
}

/** A text, line by line as the browser has broken it. */
function linesOf(text, { middle }) {
  const style = getComputedStyle(/** @type {Element} */ (text.parentNode))
  const font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = measured('0', font)
  return brokenLines(text).map(({ said, rect }) => {
    const { x, y } = middle(rect)
    return svg(
      'text',
      {
        x,
        y: y + (ascent - descent) / 2,
        fill: style.color,
        'text-anchor': 'middle',
        'font-family': style.fontFamily,
        'font-size': style.fontSize,
        'font-style': style.fontStyle,
        'font-weight': style.fontWeight,
      },
      said.replaceAll(' ', '\u00a0'),
    )
  })
}

function brokenLines(text) {
  const range = document.createRange()
  const lines = []
  for (let i = 0; i < text.data.length; i++) {
    range.setStart(text, i)
    range.setEnd(text, i + 1)
    const { top, width } = range.getBoundingClientRect()
    if (!width) continue
    if (!lines.length || Math.abs(lines[lines.length - 1].top - top) > 2) lines.push({ top, from: i, to: i })
    lines[lines.length - 1].to = i + 1
  }
  return lines.map(({ from, to }) => {
    range.setStart(text, from)
    range.setEnd(text, to)
    return { said: text.data.slice(from, to), rect: range.getBoundingClientRect() }
  })
}

/** What a text measures, in a font as CSS writes it. */
export function measured(text, font) {
  const canvas = /** @type {CanvasRenderingContext2D} */ (element('canvas').getContext('2d'))
  canvas.font = font
  return canvas.measureText(text)
}
