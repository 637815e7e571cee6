/** Draws a lane as two arrows from one origin, with the angle between them. The caption gives the same as text. */

import { degrees, minus, printed } from '../../model/numbers.js'
import { direction, turned } from '../../model/plane.js'
import { element, spoken, svg } from '../dom.js'
import { patch } from '../patch.js'
import { arrowTip } from './tip.js'

/* The picture's width in its own units, and the radius of the angle's arc. */
const WIDTH = 200
const ARC = 26

/**
 * @param {import('../sections.js').Context} context
 * @param {import('../../model/explanations.js').Output} output
 * @param {boolean} isExact
 * @param {import('./tip.js').TipEvents} on
 */
export function arrowFigure(context, { look, name, slices }, isExact, on) {
  const { t } = context
  const picture = svg('svg', { 'aria-hidden': 'true' })
  const plot = element('div', { class: 'plot' }, picture)
  const names = /** @type {const} */ (['a', 'b'])
  const tips = isExact ? names.map((vector) => arrowTip(context, vector, plot, on)) : []
  plot.append(...tips.map(({ root }) => root))
  const measures = element('p', { class: 'measures' })
  const vectors = element('p')
  const notes = element('div')
  const root = element(
    'figure',
    { class: 'arrows', 'data-look': look },
    plot,
    element(
      'figcaption',
      {},
      element(
        'p',
        {},
        element('span', { class: 'head', 'data-look': look }, ...spoken(t, name(t))),
        ...spoken(t, ` ${slices.join(', ')}`),
      ),
      measures,
      vectors,
      notes,
    ),
  )

  let drawn
  /** @param {ReturnType<typeof import('../../model/plane.js').arrowsOf>} arrows */
  function update(output, eps, arrows, frame) {
    const { angle, norm1, norm2, terms } = output.working
    // Most edits change only a few figures.
    const now = JSON.stringify([angle, norm1, norm2, output.text, eps, arrows, frame])
    if (now === drawn) return
    drawn = now
    draw(picture, output, arrows, frame)
    const degree = Number.isNaN(angle) ? t('angles.none') : `${minus(degrees(angle))}°`
    const cosine = minus(output.text)
    patch(measures, element('strong', {}, degree), `, cos ${cosine}`)
    const points = ['x1', 'x2'].map((key) => (isExact ? terms.map((term) => minus(printed(term[key]))) : []))
    const coordinates = points.map((point) => `(${point.join(', ')})`)
    const said = isExact
      ? `a = ${coordinates[0]}, b = ${coordinates[1]}`
      : `‖a‖ = ${printed(norm1)}, ‖b‖ = ${printed(norm2)}`
    patch(vectors, ...spoken(t, said))
    patch(notes, ...shortVectors(context, output, eps))
    tips.forEach((tip, i) => {
      tip.update({
        point: [arrows.a, arrows.b][i],
        indexes: output.working.terms.map((term) => [term.index1, term.index2][i]),
        said: points[i].map((coordinate) => `${coordinate}, ${degree}, cos ${cosine}`),
        output: t('spoken', name(t)),
        frame,
      })
    })
  }
  return { root, update }
}

/** Explains vectors that eps lengthened, and vectors of length 0, which have no direction. */
function shortVectors({ t }, { working, text }, eps) {
  const { norm1, norm2, clamped1, clamped2 } = working
  const vectors = [
    ['a', norm1, clamped1],
    ['b', norm2, clamped2],
  ]
  const zero = vectors.filter(([, norm]) => norm === 0).map(([name]) => name)
  const clamped = vectors.filter(([, norm, clamped]) => clamped > norm).map(([name]) => name)
  return [
    ...(zero.length ? [t('angles.zero', zero, minus(text))] : []),
    ...(clamped.length && !zero.length ? [t('angles.clamped', clamped, printed(eps))] : []),
  ].map((sentence) => element('p', { class: 'hint' }, sentence))
}

function draw(picture, output, { isExact, a, b }, { left, bottom, width, height, grid }) {
  const scale = WIDTH / width
  /** @returns {import('../../model/plane.js').Point} */
  const at = ([x, y]) => [(x - left) * scale, (bottom + height - y) * scale]
  const line = (kind, from, to) => {
    const [[x1, y1], [x2, y2]] = [at(from), at(to)]
    return svg('line', { class: kind, x1, y1, x2, y2 })
  }
  const multiples = (start, length) =>
    Array.from({ length: Math.ceil(length / grid) + 1 }, (_, i) => (Math.ceil(start / grid) + i) * grid).filter(
      (value) => value <= start + length,
    )
  const right = left + width
  const top = bottom + height
  picture.setAttribute('viewBox', `0 0 ${WIDTH} ${height * scale}`)
  patch(
    picture,
    ...(isExact
      ? [
          ...multiples(left, width).map((x) => line(x === 0 ? 'axis' : 'grid-line', [x, bottom], [x, top])),
          ...multiples(bottom, height).map((y) => line(y === 0 ? 'axis' : 'grid-line', [left, y], [right, y])),
        ]
      : []),
    ...arc(output.working.angle, a, b, at([0, 0])),
    ...['a', 'b'].flatMap((name, i) => {
      const tip = [a, b][i]
      const shaft = line(`shaft ${name}`, [0, 0], tip)
      return isExact ? [shaft] : [shaft, ...head(name, tip, at(tip))]
    }),
    svg('circle', { class: 'origin', cx: at([0, 0])[0], cy: at([0, 0])[1], r: 3 }),
  )
}

/** The arc from one arrow to the other, the shorter way round. SVG's y axis points down. */
function arc(angle, a, b, [x, y]) {
  if (Number.isNaN(angle)) return []
  const [from, to] = [a, b].map(direction)
  const turn = ((to - from + 3 * Math.PI) % (2 * Math.PI)) - Math.PI
  const [[x1, y1], [x2, y2]] = [from, from + turn].map((way) => turned(ARC, way))
  return [
    svg('path', {
      class: 'arc',
      d: `M ${x + x1} ${y - y1} A ${ARC} ${ARC} 0 0 ${turn > 0 ? 0 : 1} ${x + x2} ${y - y2}`,
    }),
  ]
}

/** The head and the letter of an arrow that cannot be dragged. A vector of length 0 has neither. */
function head(name, tip, [x, y]) {
  if (!tip.some(Boolean)) return []
  const way = direction(tip)
  const beside = (length, angle) => {
    const [right, up] = turned(length, way + angle)
    return [x + right, y - up]
  }
  const [letterX, letterY] = beside(12, name === 'a' ? -0.9 : 0.9)
  return [
    svg('polygon', { class: 'arrow-head', points: [beside(2, 0), beside(10, 2.7), beside(10, -2.7)].join(' ') }),
    svg('text', { class: 'letter', x: letterX, y: letterY }, name),
  ]
}
