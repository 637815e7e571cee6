/** Reads the arguments: which command, its operands and its options. */
import { parseArgs } from 'node:util'
import { COMMANDS } from './commands.js'
import { UsageError } from './errors.js'
import { OPTIONS, optionValue } from './options.js'

/** The command that needs no name. */
const DEFAULT = 'similarity'
/** What other libraries call an option. @type {Record<string, string>} */
const ALIASES = { axis: 'dim', epsilon: 'eps', w: 'weights', type: 'dtype', output: 'out', o: 'out' }

/** @param {string[]} names */
const forParseArgs = (names) =>
  Object.fromEntries(
    names.map((name) => {
      const { value, short } = OPTIONS[name]
      return [
        name,
        { type: /** @type {'string' | 'boolean'} */ (value ? 'string' : 'boolean'), ...(short && { short }) },
      ]
    }),
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
  const args = joined(given)
  const loose = parseArgs({ args, options: forParseArgs(Object.keys(OPTIONS)), strict: false, tokens: true })
  const [first] = loose.tokens.filter(({ kind }) => kind === 'positional')
  const isNamed = first?.kind === 'positional' && Object.hasOwn(COMMANDS, first.value)
  const name = isNamed ? first.value : DEFAULT
  const { version, help } = loose.values
  if (version || help)
    return { wants: version ? 'version' : isNamed ? 'help' : 'overview', name, operands: [], options: {} }
  const { operands, options } = COMMANDS[name]
  const rest = isNamed ? args.filter((_, i) => i !== first.index) : args
  const { positionals, values } = strictly(rest, name, options)
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
 * @param {string[]} args
 * @param {string} name of the command
 * @param {string[]} options
 */
function strictly(args, name, options) {
  try {
    const { positionals, values } = parseArgs({ args, options: forParseArgs(options), allowPositionals: true })
    /** @type {Record<string, any>} */
    const checked = {}
    for (const [key, value] of Object.entries(values)) checked[key] = optionValue(key, /** @type {string} */ (value))
    return { positionals, values: checked }
  } catch (error) {
    const { code, message } = /** @type {any} */ (error)
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw unknown(message, name, options)
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
      throw new UsageError(`${message.replace(/\n.*/s, '').replace(/ <value>/, '')}. ${see(name)}`)
    throw error
  }
}

/**
 * @param {string} message of parseArgs
 * @param {string} name
 * @param {string[]} options
 */
function unknown(message, name, options) {
  const [, option = ''] = /'(-[^']*)'/.exec(message) ?? []
  const meant = ALIASES[option.replace(/^-+/, '')]
  return new UsageError(
    `${name} has no option ${option}. ${meant && options.includes(meant) ? `Use --${meant}.` : see(name)}`,
  )
}

/** @param {string} name */
const see = (name) => `See cosdim ${name} --help.`
