/**
 * What R and Julia print, and matrices in LaTeX, rewritten as rows or lists that the readers know. Every character that
 * stays keeps its place.
 */
import { quotable } from '../model/numbers.js'
import { Unreadable } from '../model/tensors.js'

const blank = (text) => text.replace(/[^\n]/g, ' ')

/** In one line, within brackets. */
const asVector = (text) => `[${text.slice(1).replaceAll('\n', ' ')} ]`

/** R: [,1] above columns, [1,] beside rows, , , 1 above each matrix of three axes, [1] beside the lines of a vector. */
const R_COLUMNS = /^[^\S\n]*(?:\[,\d+\][^\S\n]*)+$/gm
const R_ROW = /^[^\S\n]*\[\d+,\](?=[^\S\n]+[-\w.])/gm
const R_SLICE = /^, , .*$/gm
const R_LINE = /^\s*\[(\d+)\]\s[^[\](){}]*$/
const R_PLACE = /^[^\S\n]*\[\d+\]/gm

/** Julia: what an array is, below what was typed, and [:, :, 1] = above each matrix of three axes. */
const JULIA = /^(?:julia>.*\n)?(?:\d+(?:×\d+)+|(\d+-element)) \S.*:[^\S\n]*$/m
const JULIA_SLICE = /^\[:, :, .*\] =\s*?$/gm

const LATEX = /\\begin\{(?:\w*matrix|array)\*?\}(?:\{[^}]*\}|\[[^\]]*\])?/g
/** @type {[RegExp, string][]} */
const SIGNS = [
  [LATEX, '['],
  [/\\end\{(?:\w*matrix|array)\*?\}/g, ']'],
  [/\\\\(?:\[[^\]\n]*\])?/g, ';'],
  [/&/g, ','],
  // Delimiters, spaces and lines.
  [/\\(?:begin|end)\{[^}]*\}|\\(?:left|right)\s?\\?[[\](){}|.]|\\[[\]()]|\$|\\[,;:!]|\\q?quad\b|\\hline\b/g, ''],
]

/** Commands, except those for dots. Outside a matrix they have braces: C:\data is none. */
const COMMAND = /\\(?![cvd]dots\b)[a-zA-Z]+/
const COMMAND_ALONE = /\\[a-zA-Z]+(?=\s?\{)/

function refuseCommands(text, pattern) {
  const { 0: command, index } = pattern.exec(text) ?? {}
  if (command) throw new Unreadable((t) => t('paste.command', quotable(command)), index)
  return text
}

function asLists(text) {
  const [, second] = text.matchAll(LATEX)
  if (second) throw new Unreadable((t) => t('paste.several'), second.index)
  const lists = SIGNS.reduce((all, [sign, to]) => all.replace(sign, (one) => to.padEnd(one.length)), text)
  return refuseCommands(lists, COMMAND)
}

/** Whether a text is what R prints for a vector. */
function isVectorOfR(text) {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => R_LINE.exec(line))
  return lines[0]?.[1] === '1' && lines.every(Boolean)
}

/**
 * @param {string} text
 * @returns {string}
 * @throws {Unreadable}
 */
export function rewritten(text) {
  if (text.search(LATEX) >= 0) return asLists(text)
  refuseCommands(text, COMMAND_ALONE)
  if (isVectorOfR(text)) return asVector(text.replace(R_PLACE, blank))
  const [summary = '', isVector] = JULIA.exec(text) ?? []
  const bare = text.replace(summary, blank)
  if (isVector && !bare.includes('[')) return asVector(bare)
  const heads = bare.search(R_COLUMNS) < 0 ? [JULIA_SLICE] : [R_SLICE, R_COLUMNS]
  for (const head of heads) {
    const [, second] = bare.matchAll(head)
    if (second) throw new Unreadable((t) => t('paste.blocks'), second.index)
  }
  return [...heads, R_ROW].reduce((all, label) => all.replace(label, blank), bare)
}
