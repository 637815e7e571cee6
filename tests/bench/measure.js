/**
 * Times contestants in turn, round by round, and compares them within a round, so that whatever else the machine does
 * affects all of them alike.
 */

/** The clock's tick in ms. Browsers make it coarse: it is 1 ms in Firefox. */
function tick() {
  const ticks = []
  for (let last = performance.now(); ticks.length < 5; ) {
    const now = performance.now()
    if (now === last) continue
    ticks.push(now - last)
    last = now
  }
  return Math.min(...ticks)
}

/** ms: shorter than the machine's slow phases, much longer than a tick */
const SAMPLE = Math.max(25, 100 * tick())
const BUDGET = 4000 // ms for all rounds: slow contestants get fewer
const ROUNDS = { least: 5, most: 11 }

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2
}

/** The median over the rounds of a / b. @param {number[]} a @param {number[]} b */
export const ratio = (a, b) => median(a.map((value, round) => value / b[round]))

/**
 * The name of the slowest of several resources, each in its fastest form.
 * @param {string[][]} resources the names of each resource's forms
 * @param {Record<string, number[]>} taken
 */
export function slowest(resources, taken) {
  const time = (name) => median(taken[name])
  const best = resources.map((forms) => forms.reduce((a, b) => (time(b) < time(a) ? b : a)))
  return best.reduce((a, b) => (time(b) > time(a) ? b : a))
}

/**
 * Whether a mark is met. `fast` says how many times as fast as a rival cosdim must be, `time` what multiple of the
 * rival's time it may take, `flat` how far the rival's time may differ from cosdim's in either direction, and `atMost`
 * limits an exact figure. Without any of them, the figure is only shown, in the unit of `fast`.
 * @typedef {{ fast?: number, time?: number, flat?: number, atMost?: number }} Mark
 * @param {Mark} mark
 * @param {number} figure
 */
export function held({ fast, time, flat, atMost }, figure) {
  if (fast !== undefined) return figure >= fast
  if (flat !== undefined) return Math.abs(figure - 1) <= flat
  const most = time ?? atMost
  return most === undefined ? undefined : figure <= most
}

/**
 * The mark for the running Node, of marks by major version: that of the newest version listed which is not newer, or of
 * the oldest.
 * @param {Record<number, number>} marks
 */
export function byNode(marks, node = Number.parseInt(process.versions.node, 10)) {
  const listed = Object.keys(marks).map(Number) // in ascending order
  return marks[listed.findLast((version) => version <= node) ?? listed[0]]
}

/**
 * The result of a contest: a figure of its own, or cosdim's time in ns and each rival's figure. `by` is the
 * form of the rival that counts.
 * @typedef {object} Found
 * @property {string} name
 * @property {string} what
 * @property {string} per
 * @property {number} [own] undefined, like other figures, if it could not be found
 * @property {Mark} [mark]
 * @property {number} [ns]
 * @property {{ rival: string, mark: Mark, by?: string, ns?: number, figure?: number }[]} [figures]
 */

const medianIfAny = (values) => (values.includes(undefined) ? undefined : median(values))

/**
 * The medians of what several runs found about a contest. Each figure has its own: the median of the ratios is not the
 * ratio of the medians.
 * @param {Found[]} runs
 * @returns {Found}
 */
export function overRuns(runs) {
  const [{ name, what, per, mark, figures }] = runs
  return {
    name,
    what,
    per,
    mark,
    own: medianIfAny(runs.map(({ own }) => own)),
    ns: medianIfAny(runs.map(({ ns }) => ns)),
    figures: figures?.map(({ rival, by, mark }, i) => {
      const all = runs.map((run) => /** @type {NonNullable<Found['figures']>} */ (run.figures)[i])
      return {
        rival,
        mark,
        by: by && [...new Set(all.map((one) => one.by))].join(' or '),
        ns: medianIfAny(all.map((one) => one.ns)),
        figure: medianIfAny(all.map((one) => one.figure)),
      }
    }),
  }
}

/**
 * A contestant does its work `times` times. It returns how many ms that took if this process's clock cannot tell.
 * @typedef {(times: number) => number | void | Promise<number>} Contestant
 */

/**
 * Milliseconds per piece of work, for every contestant and round.
 * @param {Record<string, Contestant>} contestants
 * @returns {Promise<Record<string, number[]>>}
 */
export async function inTurn(contestants) {
  const names = Object.keys(contestants)
  const times = {}
  const taken = Object.fromEntries(names.map((name) => [name, /** @type {number[]} */ ([])]))
  for (const name of names) times[name] = await calibrate(contestants[name])
  const end = performance.now() + BUDGET
  for (let round = 0; round < ROUNDS.most && (round < ROUNDS.least || performance.now() < end); round++)
    for (const name of names) taken[name].push((await once(contestants[name], times[name])) / times[name])
  return taken
}

async function once(contestant, times) {
  const start = performance.now()
  const own = await contestant(times)
  return own ?? performance.now() - start
}

/** How many times a contestant works in a sample. Finding out also lets the engine optimise it. */
async function calibrate(contestant) {
  let times = 1
  for (let optimised = false; ; ) {
    const taken = await once(contestant, times)
    if (taken >= SAMPLE && (optimised || taken >= 4 * SAMPLE)) return times
    if (taken >= SAMPLE) {
      for (let i = 0; i < 3; i++) await once(contestant, times)
      optimised = true
    } else times = Math.ceil(times * Math.min(8, (1.2 * SAMPLE) / Math.max(taken, 0.01)))
  }
}
