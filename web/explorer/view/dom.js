/** Builds HTML elements, and MathML formulas that carry their plain text. */

/**
 * Attribute values: true sets an empty attribute; false and undefined set none. Children that are false are skipped.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, unknown>} [attributes]
 * @param {(Node | string | false)[]} children
 */
export const element = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children)

/**
 * @template {Element} Made
 * @param {Made} node
 * @returns {Made}
 */
function fill(node, attributes, children) {
  for (const [attribute, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) node.setAttribute(attribute, value === true ? '' : value)
  node.append(...children.filter((child) => child !== false))
  return node
}

/* Code no longer than this does not wrap. */
const SHORT = 18

export const svg = (name, attributes = {}, ...children) =>
  fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children)

/* Matches prose, as opposed to names and numbers. PyTorch's messages are English in every language. */
const WORDS = /[a-z]+ [a-z]+ [a-z]+/

/** Turns `code` and *strong* into elements, and keeps an arrow, which is not heard, on the same line as its word. */
export const prose = (text) =>
  text
    .split(/(`[^`]+`|\*[^*]+\*| [→↓])/)
    .filter(Boolean)
    .map((part) =>
      /^`.*`$/s.test(part)
        ? element(
            'code',
            { class: part.length - 2 <= SHORT && 'short', lang: WORDS.test(part) && 'en' },
            part.slice(1, -1),
          )
        : /^\*.*\*$/s.test(part)
          ? element('strong', {}, part.slice(1, -1))
          : /^ [→↓]$/.test(part)
            ? element('span', { 'aria-hidden': 'true' }, `\u00a0${part.trim()}`)
            : part,
    )

/** Marks quoted prose as English. PyTorch's messages are quoted untranslated. */
export const quoting = (text) =>
  text
    .split(/(“[^”]+”)/)
    .filter(Boolean)
    .map((part) => (/^“/.test(part) && WORDS.test(part) ? element('span', { lang: 'en' }, part) : part))

/** Writes a shape as Python does: (2, 3), (2,). */
export const tuple = (sizes) => (sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})`)

/**
 * A button that looks like the others.
 * @param {string | (string | Node)[]} label
 * @param {() => void} act
 */
export function choice(label, act) {
  const node = element('button', { type: 'button', class: 'choice' }, ...[label].flat())
  node.addEventListener('click', act)
  return node
}

/** How much larger than in its own pixels an element is shown: in present mode more than once. */
export const zoomOf = (/** @type {any} */ node) => node.currentCSSZoom ?? 1

/** Text that only screen readers get. */
export const unseen = (text) => element('span', { class: 'unseen' }, text)

/** A heading where the screen needs none, for those who go from heading to heading. */
export const unseenHeading = (text) => element('h2', { class: 'unseen' }, text)

/**
 * Text with symbols, as seen, and in words, as heard.
 * @param {import('../texts/languages.js').Translate} t
 */
export function spoken(t, text) {
  const words = t('spoken', text)
  return words === text ? [text] : [element('span', { 'aria-hidden': 'true' }, text), unseen(words)]
}

/** A formula. Its text and its MathML are built together, so they cannot disagree. */
class Formula {
  constructor(text, node) {
    this.text = text
    this.node = node
  }

  /** Hidden from screen readers, which read MathML inconsistently. They get `text` instead. */
  math() {
    return mathml('math', { 'aria-hidden': 'true', displaystyle: 'true' }, this)
  }
}

const mathml = (name, attributes, ...parts) =>
  fill(
    document.createElementNS('http://www.w3.org/1998/Math/MathML', name),
    attributes,
    parts.map((part) => part.node ?? part),
  )

export const symbol = (text) => new Formula(text, mathml('mi', { mathvariant: text.length > 1 && 'normal' }, text))

/** Spaces around the sign only go into the text; MathML does its own spacing. Parentheses do not stretch. */
export const operator = (text) => new Formula(text, mathml('mo', { stretchy: 'false' }, text.trim()))

export const row = (...parts) => new Formula(parts.map(({ text }) => text).join(''), mathml('mrow', {}, ...parts))

/** A number as printed. A negative factor is put in parentheses. */
export function number(printed, isFactor = false) {
  const digits = printed.replace(/^-/, '')
  const figure = new Formula(digits, mathml('mn', {}, digits))
  if (digits === printed) return figure
  const negative = row(operator('−'), figure)
  return isFactor ? row(operator('('), negative, operator(')')) : negative
}

export const squared = (base) => new Formula(`${base.text}²`, mathml('msup', {}, base, mathml('mn', {}, '2')))

export const root = (radicand) => new Formula(`√(${radicand.text})`, mathml('msqrt', {}, radicand))

export const fraction = (above, below) =>
  new Formula(`${above.text} / (${below.text})`, mathml('mfrac', {}, above, below))

/* Longer rows drop their middle. */
const MOST_FORMULAS = 8

/** Joins formulas with a sign. */
export function joined(formulas, sign) {
  const shown =
    formulas.length > MOST_FORMULAS ? [...formulas.slice(0, 3), symbol('…'), ...formulas.slice(-2)] : formulas
  return row(...shown.flatMap((formula, i) => (i ? [operator(sign), formula] : [formula])))
}
