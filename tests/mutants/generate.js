/**
 * The mutants of a source in C or JavaScript: one token, condition, or statement of a line is changed or goes. The sources are
 * formatted, so that spaces tell a binary operator from a sign, a pointer, or a generator.
 */

/** @typedef {{ file: string, line: number, operator: string, from: number, to: number, text: string }} Mutant */

/** Comments, strings, templates, and regular expressions are left alone. */
const OPAQUE =
  /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(?<=[(,=:[!&|?+]\s?)\/(?![*/ ])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+\/\w*|^#.*(?:\\\n.*)*/gm

/** What is put in place of each binary operator. */
const BINARY = {
  relational: { '<': ['<=', '>='], '<=': ['<', '>'], '>': ['>=', '<='], '>=': ['>', '<'] },
  equality: { '==': ['!='], '!=': ['=='], '===': ['!=='], '!==': ['==='] },
  arithmetic: { '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['*'], '<<': ['>>'], '>>': ['<<'], '>>>': ['<<'] },
  bitwise: { '&': ['|'], '|': ['&'], '^': ['|'] },
  logical: { '&&': ['||'], '||': ['&&'], '??': ['&&'] },
  assignment: { '+=': ['-=', '='], '-=': ['+='], '*=': ['/='], '/=': ['*='], '|=': ['&='], '&=': ['|='], '??=': ['='] },
}
const REPLACEMENTS = Object.entries(BINARY).flatMap(([operator, table]) =>
  Object.entries(table).map(([token, texts]) => ({ operator, token, texts })),
)

/** Replaces what is opaque by as many underscores. @param {string} text */
const blank = (text) => text.replace(OPAQUE, (part) => part.replace(/[^\n]/g, '_'))

/** Where the bracket that opens at `open` closes. */
function closing(code, open) {
  for (let i = open, depth = 0; i < code.length; i++) {
    if ('([{'.includes(code[i])) depth++
    if (')]}'.includes(code[i]) && --depth === 0) return i
  }
  return -1
}

function* tokens(code) {
  for (const { index, 1: token } of code.matchAll(/(?<=\s)([<>=!+\-*/%&|^?]{1,3})(?=\s)/g)) {
    for (const { operator, token: known, texts } of REPLACEMENTS)
      if (known === token) for (const text of texts) yield { operator, from: index, to: index + token.length, text }
  }
  for (const { index, 0: token } of code.matchAll(/\+\+|--/g))
    yield { operator: 'step', from: index, to: index + 2, text: token === '++' ? '--' : '++' }
}

function* constants(code) {
  for (const { index, 0: digits } of code.matchAll(/(?<![\w.$])\d+(?![\w.])/g)) {
    const to = index + digits.length
    yield { operator: 'constant', from: index, to, text: String(Number(digits) + 1) }
    if (digits !== '0') yield { operator: 'constant', from: index, to, text: String(Number(digits) - 1) }
  }
  for (const { index, 0: word } of code.matchAll(/\b(?:true|false)\b(?!:)/g))
    yield { operator: 'constant', from: index, to: index + word.length, text: String(word === 'false') }
}

function* conditions(code) {
  for (const { index, 0: start } of code.matchAll(/\b(?:if|while) \(/g)) {
    const open = index + start.length - 1
    const condition = code.slice(open + 1, closing(code, open))
    if (condition && !condition.includes('_'.repeat(2)))
      yield { operator: 'negated', from: open + 1, to: open + 1 + condition.length, text: null }
  }
  for (const { index } of code.matchAll(/(?<=\s)\?(?=\s)/g))
    yield { operator: 'negated', from: index, to: index + 1, text: '== 0 ?' }
}

/** Statements that stand on a line of their own, or begin one and end where their brackets do. */
const STATEMENT =
  /^ +(?!(?:const|let|var|static|typedef|enum|struct|import|export|case|default|else|function|class|async|get|set)\b)(?:(?:if|for|while) \(.*\) |else )?(?:return\b|throw\b|break\b|continue\b|await |yield |\*?[\w.$>[\]-]+(?:\(| [-+*/|&?]*= |\+\+|--)).*$/gm

function* statements(code, isC) {
  for (const { index, 0: line } of code.matchAll(STATEMENT)) {
    const from = index + line.search(/\S/)
    const end = code.slice(from, index + line.length)
    const balanced = [...'([{'].every((open, i) => end.split(open).length === end.split(')]}'[i]).length)
    if (!balanced || (isC ? !end.endsWith(';') : /[,([{&|?:+]$/.test(end))) continue
    if (!isC && /^\s*[.?:&|+]/.test(code.slice(index + line.length + 1).split('\n')[0])) continue
    yield { operator: 'removed', from, to: from + end.length, text: ';' }
  }
}

/**
 * @param {string} file
 * @param {string} source
 * @returns {Mutant[]}
 */
export function mutantsOf(file, source) {
  const code = blank(source)
  const isC = /\.[ch]$/.test(file)
  const found = [...tokens(code), ...constants(code), ...conditions(code), ...statements(code, isC)]
  return found.map(({ operator, from, to, text }) => ({
    file,
    line: source.slice(0, from).split('\n').length,
    operator,
    from,
    to,
    text: text ?? `!(${source.slice(from, to)})`,
  }))
}

/** The source with the mutant in it. */
export const mutate = (source, { from, to, text }) => source.slice(0, from) + text + source.slice(to)

/** The lines that a mutant changes, before and after, and the line above, without indentation. */
export function linesOf(source, { from, to, text }) {
  const begin = source.lastIndexOf('\n', from - 1) + 1
  const end = source.indexOf('\n', to)
  const [before, after] = [source.slice(begin, end), source.slice(begin, from) + text + source.slice(to, end)]
  const above = source.slice(source.lastIndexOf('\n', begin - 2) + 1, begin)
  return { above: above.trim(), before: before.trim(), after: after.trim() }
}
