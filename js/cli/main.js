/** From the arguments to the exit code. */
import { version } from '../../package.json'
import { readArguments } from './arguments.js'
import { COMMANDS } from './commands.js'
import { errorAt, lineOf, UsageError } from './errors.js'
import { commandHelp, help } from './help.js'
import { placeOf } from './npy-file.js'
import { progress } from './progress.js'
import { print } from './results.js'

/** What ends the command from outside, and its exit code then. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code: 1 for what is wrong with inputs or results, 2 with the arguments
 */
export async function main(args) {
  for (const [signal, code] of Object.entries(SIGNALS)) process.once(signal, () => process.exit(code))
  process.once('exit', () => progress.end())
  process.stdout.once('error', (error) => process.exit(isClosed(error) ? 0 : refuse(errorAt('standard output', error))))
  try {
    const { wants, name, operands, options } = readArguments(args)
    if (options.out) await placeOf(options.out) // not after an hour of work
    if (wants === 'version') await print(version)
    else if (wants === 'overview') await print(help(version, COMMANDS))
    else if (wants === 'help') await print(commandHelp(name, COMMANDS[name]))
    else await COMMANDS[name].run(operands, options, COMMANDS)
    return 0
  } catch (error) {
    return refuse(error)
  }
}

/** Whether whoever reads the output has seen enough, as head does. @param {any} error */
const isClosed = ({ code }) => code === 'EPIPE'

/**
 * Says what is wrong.
 * @param {unknown} error
 */
function refuse(error) {
  progress.end()
  process.stderr.write(`cosdim: ${lineOf(error)}\n`)
  return error instanceof UsageError ? 2 : 1
}
