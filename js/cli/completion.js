/** `cosdim completion`: scripts for shells, made of the tables of commands and options. */
import { UsageError } from './errors.js'
import { OPTIONS } from './options.js'
import { print } from './results.js'

/** @typedef {Record<string, import('./commands.js').Command>} Commands */

/** The options of a command as they are written. @param {string[]} options */
const flags = (options) =>
  [...options, 'help'].flatMap((name) => [`--${name}`, ...(OPTIONS[name].short ? [`-${OPTIONS[name].short}`] : [])])

/** In single quotes, for any of the shells. @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`

/** A help text within the brackets of zsh's specifications. @param {string} text */
const bracketed = (text) => text.replace(/[[\]:]/g, '\\$&')

/** @type {Record<string, (commands: Commands) => string>} */
const SCRIPTS = {
  bash: (commands) => `_cosdim() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=similarity word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${Object.keys(commands).join('|')}) command=$word; break ;; esac
  done
  COMPREPLY=()
  case $prev in
${Object.entries(OPTIONS)
  .filter(([, { value, isFile }]) => value && !isFile)
  .map(
    ([name, { choices = [], short }]) =>
      `    --${name}${short ? `|-${short}` : ''}) COMPREPLY=($(compgen -W ${quoted(choices.join(' '))} -- "$cur")); return ;;`,
  )
  .join('\n')}
  esac
  case $command:$cur in
${Object.entries(commands)
  .map(
    ([name, { options }]) =>
      `    ${name}:-*) COMPREPLY=($(compgen -W ${quoted(flags(options).join(' '))} -- "$cur")); return ;;`,
  )
  .join('\n')}
    completion:*) COMPREPLY=($(compgen -W ${quoted(Object.keys(SCRIPTS).join(' '))} -- "$cur")); return ;;
  esac
  [ "$COMP_CWORD" = 1 ] && COMPREPLY=($(compgen -W ${quoted(Object.keys(commands).join(' '))} -- "$cur"))
  COMPREPLY+=($(compgen -f -- "$cur"))
}
complete -o filenames -F _cosdim cosdim`,

  zsh: (commands) => `#compdef cosdim
_cosdim() {
  local -a commands=(
${Object.entries(commands)
  .map(([name, { summary }]) => `    ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`)
  .join('\n')}
  )
  local command=\${words[(r)(${Object.keys(commands).join('|')})]:-similarity}
  (( CURRENT == 2 )) && _describe command commands
  case $command in
${Object.entries(commands)
  .map(
    ([name, { options }]) =>
      `    ${name}) _arguments ${[...options, 'help'].flatMap(zshOption).join(' ')} ${quoted(name === 'completion' ? `*:shell:(${[name, ...Object.keys(SCRIPTS)].join(' ')})` : '*:input:_files')} ;;`,
  )
  .join('\n')}
  esac
}
if [ "$funcstack[1]" = _cosdim ]; then _cosdim "$@"; else compdef _cosdim cosdim; fi`,

  fish: (commands) =>
    [
      ...Object.entries(commands).map(
        ([name, { summary }]) => `complete -c cosdim -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ),
      ...Object.entries(commands).flatMap(([name, { options }]) =>
        [...options, 'help'].map(
          (option) => `complete -c cosdim -n ${quoted(seen(name, commands))} ${fishOption(option)}`,
        ),
      ),
      `complete -c cosdim -n '__fish_seen_subcommand_from completion' -f -a ${quoted(Object.keys(SCRIPTS).join(' '))}`,
    ].join('\n'),
}

/** @param {string} name of an option */
function zshOption(name) {
  const { value, short, choices, isFile, help } = OPTIONS[name]
  const what = value ? `:${value}:${choices ? `(${choices.join(' ')})` : isFile ? '_files' : ''}` : ''
  const about = `[${bracketed(help)}]`
  return [quoted(`--${name}${about}${what}`), ...(short ? [quoted(`-${short}${about}${what}`)] : [])]
}

/**
 * When fish offers the options of a command.
 * @param {string} name
 * @param {Commands} commands
 */
const seen = (name, commands) =>
  name === 'similarity'
    ? `not __fish_seen_subcommand_from ${Object.keys(commands)
        .filter((other) => other !== name)
        .join(' ')}`
    : `__fish_seen_subcommand_from ${name}`

/** @param {string} name of an option */
function fishOption(name) {
  const { value, short, choices, isFile, help } = OPTIONS[name]
  const kind = value ? (choices ? `-x -a ${quoted(choices.join(' '))}` : isFile ? '-r' : '-x') : '-f'
  return `-l ${name}${short ? ` -s ${short}` : ''} ${kind} -d ${quoted(help)}`
}

/** @type {import('./commands.js').Command['run']} */
export async function completion([shell], _, commands) {
  if (!Object.hasOwn(SCRIPTS, shell))
    throw new UsageError(`completion takes ${Object.keys(SCRIPTS).join(', ')}, not '${shell}'.`)
  await print(SCRIPTS[shell](commands))
}
