/** Times a contest. It also runs in pages, so it imports nothing of Node's. */
import { cosdim } from './contestants.js'
import { inTurn, median, ratio, slowest } from './measure.js'

/**
 * ns per unit of every contestant, and every rival's ratio to cosdim.
 * @param {import('./contests.js').Contest} contest which needs a clock
 * @param {ReturnType<typeof import('./contestants.js').rivals>} rivals
 */
export async function timed({ work, against = {} }, rivals) {
  if (!work) throw new Error('A contest has work or a figure of its own.')
  const own = cosdim(work)
  const disposals = [own.dispose]
  const contestants = { cosdim: own.contestant }
  const units = { cosdim: work.units }
  /** @type {Record<string, Record<string, import('./measure.js').Contestant>[] | undefined>} */
  const resources = {}
  for (const [rival, { work: ofCosdim }] of Object.entries(against)) {
    if (ofCosdim) {
      const { contestant, dispose } = cosdim(ofCosdim)
      disposals.push(dispose)
      resources[rival] = [{ [rival]: contestant }]
      units[rival] = ofCosdim.units
    } else resources[rival] = await rivals[rival](work)
    Object.assign(contestants, ...(resources[rival] ?? []))
  }
  const taken = await inTurn(contestants)
  for (const dispose of disposals) dispose()
  const rounds = Object.fromEntries(
    Object.entries(taken).map(([name, ms]) => [name, ms.map((value) => (value * 1e6) / (units[name] ?? work.units))]),
  )
  const figures = Object.entries(against).map(([rival, mark]) => {
    const forms = resources[rival]?.map(Object.keys)
    if (!forms) return { rival, mark }
    const by = slowest(forms, rounds)
    const [a, b] = mark.time === undefined ? [rounds[by], rounds.cosdim] : [rounds.cosdim, rounds[by]]
    return { rival, by, mark, ns: median(rounds[by]), figure: ratio(a, b) }
  })
  return { ns: median(rounds.cosdim), figures, rounds }
}
