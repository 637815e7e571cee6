/** The stages of the collapse: where each ends between 0 and 1, and how long it takes. */

/**
 * @typedef {object} Stage
 * @property {string} key as in links, and of TABLES in model/collapse.js
 * @property {number} at where it is complete
 * @property {number} time in ms
 * @property {number} rest how long playing rests there, in ms
 * @property {(t: import('../../texts/languages.js').Translate) => string} name
 */

/** @type {Stage[]} */
export const STAGES = [
  { key: 'apart', at: 0, time: 0, rest: 500, name: (t) => t('collapse.apart') },
  { key: 'pair', at: 0.18, time: 1000, rest: 500, name: (t) => t('collapse.pair') },
  { key: 'multiply', at: 0.36, time: 1000, rest: 350, name: (t) => t('collapse.multiply') },
  { key: 'add', at: 0.63, time: 1500, rest: 350, name: (t) => t('collapse.add') },
  { key: 'divide', at: 0.81, time: 1000, rest: 350, name: (t) => t('collapse.divide') },
  { key: 'cosine', at: 1, time: 1000, rest: 0, name: (t) => t('collapse.cosine') },
]

/* A hand that comes as near as this means the stage itself. */
const NEAR = 0.008

/* A stage sets out slowly: so far on its way, the picture is still that of the stage before. */
const BEGUN = 0.25

/** The place in STAGES of what the picture shows at t. */
export const stageAt = (t) => STAGES.slice(1).filter(({ at }, i) => within(t, STAGES[i].at, at) > BEGUN).length

/** Where the stage after t is complete: at the last, the end. */
export const nextAfter = (t) => STAGES.find(({ at }) => at > t)?.at ?? 1

/** Takes t to the stage it almost hits. */
export const snapped = (t) => STAGES.find(({ at }) => Math.abs(at - t) < NEAR)?.at ?? t

/**
 * How far each stage has come at t, from 0 to 1.
 * @returns {Record<'pair' | 'multiply' | 'add' | 'divide' | 'cosine', number>}
 */
export const progressAt = (t) =>
  /** @type {any} */ (Object.fromEntries(STAGES.slice(1).map(({ key, at }, i) => [key, within(t, STAGES[i].at, at)])))

/** Where x stands between two numbers: from 0 to 1. */
export const within = (x, from, to) => Math.min(1, Math.max(0, (x - from) / (to - from)))

/** What playing passes through: pairs of a time in ms and a t. */
const COURSE = STAGES.flatMap(({ at, time, rest }, i) => {
  const start = STAGES.slice(0, i).reduce((sum, before) => sum + before.time + before.rest, time)
  return [
    [start, at],
    [start + rest, at],
  ]
})

const along = (pairs, x) => {
  const next = pairs.findIndex(([at]) => at > x)
  if (next < 0) return pairs[pairs.length - 1][1]
  if (next === 0) return pairs[0][1]
  const [from, to] = [pairs[next - 1], pairs[next]]
  return from[1] + (to[1] - from[1]) * within(x, from[0], to[0])
}

/** Where playing is after a time in ms, and how long it takes to get to t. */
export const tAfter = (time) => along(COURSE, time)
export const timeTo = (t) =>
  along(
    COURSE.map(([time, at]) => [at, time]),
    t,
  )
export const WHOLE_TIME = COURSE[COURSE.length - 1][0]
