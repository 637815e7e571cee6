/** What --help prints. */
import { OPTIONS } from './options.js'

/** @typedef {import('./commands.js').Command} Command */

const INPUTS = `Inputs are .npy, .json, .jsonl and .csv files, - for standard input, or a list such as '[[1, 2], [3, 4]]'.
A line of .jsonl is a list; in .csv, a row of names above the columns is left out.`

const CODES = 'The exit code is 1 if an input or a result is wrong, 2 if the arguments are.'

/** How an option is written. @param {string} name */
const written = (name) => {
  const { value, short } = OPTIONS[name]
  return `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`
}

/** @param {[string, string][]} rows */
function columns(rows) {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}

/** @param {string[]} examples */
const list = (examples) => examples.map((example) => `  ${example}`).join('\n')

/** @param {string} name */
const optionHelp = (name) => {
  const { help, choices } = OPTIONS[name]
  return choices ? `${choices.join(', ')}: ${help}` : help
}

/**
 * @param {string} version
 * @param {Record<string, Command>} commands
 */
export const help = (version, commands) => `cosdim ${version}: PyTorch's cosine similarity, with its dim

Usage: cosdim [COMMAND] INPUT… [OPTION]…

Commands
${columns(Object.entries(commands).map(([name, { operands, summary }]) => [[name, ...operands].join(' '), summary]))}

${INPUTS}

Examples
${list(Object.values(commands).flatMap(({ examples }) => examples.slice(0, 1)))}

cosdim COMMAND --help says more about a command. --version prints the version.
${CODES}`

/**
 * @param {string} name
 * @param {Command} command
 */
export const commandHelp = (name, { summary, operands, options, about, examples }) =>
  [
    `Usage: cosdim ${[name, ...operands].join(' ')}${options.length ? ' [OPTION]…' : ''}`,
    `${summary[0].toUpperCase()}${summary.slice(1)}.${about ? `\n${about}` : ''}`,
    ...(options.includes('format') ? [INPUTS] : []),
    `Options\n${columns([...options, 'help'].map((option) => [written(option), optionHelp(option)]))}`,
    `Examples\n${list(examples)}`,
  ].join('\n\n')
