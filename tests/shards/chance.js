/** Chance that can be had again: what happens depends on a seed and on names, not on who is faster. */
import { createHash, randomInt } from 'node:crypto'
import { env } from 'node:process'

/** SEED=… repeats a run. */
export const seed = Number(env.SEED ?? randomInt(2 ** 32))

/** A number in [0, 1) for these names. */
export const chance = (...names) => createHash('sha256').update(names.join('\n')).digest().readUInt32BE() / 2 ** 32

/** How many of a hundred attempts fail. */
const PERCENT = 1

/** @param {unknown[]} names of an attempt @throws in one of a hundred */
export function mayFail(...names) {
  if (chance(...names) < PERCENT / 100) throw new Error('bad luck')
}
