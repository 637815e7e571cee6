/** Makes elements: HTML's, and formulas of MathML that carry their plain text with them. */

/** `attributes` are set as attributes; true sets an empty one, and false or undefined none. A child that is false is left out. */
/**
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

/* Code that is as short as this stays on its line. */
const SHORT = 18

export const svg = (name, attributes = {}, ...children) =>
  fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children)

/* What is more than names and numbers: PyTorch's words are English. */
const WORDS = /[a-z]+ [a-z]+ [a-z]+/

/** What a text marks: `code` and *strong*. An arrow stays with its word. */
export const prose = (text) =>
  text
    .replace(/ (?=[→↓])/g, '\u00a0')
    .split(/(`[^`]+`|\*[^*]+\*)/)
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
          : part,
    )

/** What a text quotes: words, which PyTorch has in English, also where the rest is in another language. */
export const quoting = (text) =>
  text
    .split(/(“[^”]+”)/)
    .filter(Boolean)
    .map((part) => (/^“/.test(part) && WORDS.test(part) ? element('span', { lang: 'en' }, part) : part))

/** A shape as Python writes it: (2, 3), (2,). */
export const tuple = (sizes) => (sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})`)

/** Text for screen readers alone. */
export const unseen = (text) => element('span', { class: 'unseen' }, text)

/** A formula: its text and its MathML are built together, so that one cannot say what the other does not. */
class Formula {
  constructor(text, node) {
    this.text = text
    this.node = node
  }

  /** Hidden from screen readers, which differ in what they make of MathML: `text` is for them. */
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

/** Spaces around the sign are for the text alone: MathML has its own. Parentheses stay as small as what is in them. */
export const operator = (text) => new Formula(text, mathml('mo', { stretchy: 'false' }, text.trim()))

export const row = (...parts) => new Formula(parts.map(({ text }) => text).join(''), mathml('mrow', {}, ...parts))

/** A number as it is printed; a negative `factor` needs parentheses. */
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

/* Of more formulas in a row, those in the middle are left out. */
const MOST_FORMULAS = 8

/** Formulas with a sign between them. */
export function joined(formulas, sign) {
  const shown =
    formulas.length > MOST_FORMULAS ? [...formulas.slice(0, 3), symbol('…'), ...formulas.slice(-2)] : formulas
  return row(...shown.flatMap((formula, i) => (i ? [operator(sign), formula] : [formula])))
}
