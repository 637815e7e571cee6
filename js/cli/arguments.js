/** Reads the arguments: which command, its operands and its options. */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { COMMANDS } from './commands.js'
import { UsageError } from './errors.js'
import { nearest } from './nearest.js'
import { OPTIONS, optionValue } from './options.js'

/** The command that needs no name. */
const DEFAULT = 'similarity'
/** What other libraries call an option. @type {Record<string, string>} */
const ALIASES = { axis: 'dim', epsilon: 'eps', w: 'weights', type: 'dtype', output: 'out', o: 'out' }

const FOR_PARSE_ARGS = Object.fromEntries(
  Object.entries(OPTIONS).map(([name, { value, short }]) => [
    name,
    { type: /** @type {'string' | 'boolean'} */ (value ? 'string' : 'boolean'), ...(short && { short }) },
  ]),
)

/**
 * Negative numbers are values of the option before them: --dim -1 is --dim=-1. parseArgs would ask which is meant.
 * @param {string[]} args
 */
function joined(args) {
  /** @type {string[]} */
  const all = []
  for (const [i, arg] of args.entries()) {
    if (arg === '--') return [...all, ...args.slice(i)]
    const before = /^--?(\w+)$/.exec(all.at(-1) ?? '')
    if (/^-[\d.]/.test(arg) && before && OPTIONS[before[1]]?.value)
      all[all.length - 1] += before[0].startsWith('--') ? `=${arg}` : arg
    else all.push(arg)
  }
  return all
}

/**
 * @param {string[]} given
 * @throws {UsageError}
 */
export function readArguments(given) {
  const parsed = parseArgs({ args: joined(given), options: FOR_PARSE_ARGS, strict: false, tokens: true })
  const [first] = parsed.positionals
  const isNamed = first !== undefined && Object.hasOwn(COMMANDS, first)
  const name = isNamed ? first : DEFAULT
  const { version, help } = parsed.values
  if (version || help)
    return { wants: version ? 'version' : isNamed ? 'help' : 'overview', name, operands: [], options: {} }
  if (/^[\w-]*[a-z]$/i.test(first ?? '') && !isNamed && !existsSync(first)) throw unknownCommand(first)
  const { operands, options } = COMMANDS[name]
  const values = valuesOf(parsed.tokens, name, options)
  const positionals = isNamed ? parsed.positionals.slice(1) : parsed.positionals
  const [least, most] = [operands.filter((operand) => !operand.startsWith('[')).length, operands.length]
  if (positionals.length < least || positionals.length > most)
    throw new UsageError(
      `${name} takes ${operands.join(' and ')}, got ${positionals.length ? positionals.join(' ') : 'nothing'}. ` +
        (isNamed ? see(name) : 'See cosdim --help.'),
    )
  if (values.json && values.out) throw new UsageError('--json prints and --out writes a file: choose one.')
  if ([...positionals, values.weights].filter((input) => input === '-').length > 1)
    throw new UsageError('- is standard input, which can be read only once. Save it to a file first.')
  return { wants: 'result', name, operands: positionals, options: values }
}

/**
 * The values of options, and in `typed` how each was typed.
 * @param {any[]} tokens of parseArgs
 * @param {string} command
 * @param {string[]} options that it has
 */
function valuesOf(tokens, command, options) {
  /** @type {Record<string, any>} */
  const values = { typed: {} }
  for (const { name, rawName, value, inlineValue } of tokens.filter(({ kind }) => kind === 'option')) {
    if (!options.includes(name)) throw unknownOption(rawName, command, options)
    const isOption = !inlineValue && /^-./.test(value ?? '')
    values[name] = optionValue(name, rawName, isOption ? undefined : value)
    values.typed[name] = rawName
  }
  return values
}

/** @param {string} word */
function unknownCommand(word) {
  const meant = nearest(word, Object.keys(COMMANDS))
  return new UsageError(
    `${word} is neither a command nor a file. ${meant ? `Did you mean ${meant}?` : 'See cosdim --help.'}`,
  )
}

/**
 * @param {string} typed
 * @param {string} command
 * @param {string[]} options
 */
function unknownOption(typed, command, options) {
  const word = typed.replace(/^-+/, '')
  const meant = ALIASES[word] ?? (typed.startsWith('--') ? nearest(word, options) : undefined)
  return new UsageError(
    `${command} has no option ${typed}. ${options.includes(meant ?? '') ? `Did you mean --${meant}?` : see(command)}`,
  )
}

/** @param {string} name */
const see = (name) => `See cosdim ${name} --help.`
