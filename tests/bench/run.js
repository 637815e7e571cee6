/** One run of the benchmark, in a process of its own that bench.js starts. It sends what it finds, contest by contest. */
import { rivals } from './contestants.js'
import { CONTESTS } from './contests.js'
import { startPythons } from './python.js'
import { chosen } from './report.js'
import { timed } from './timed.js'

const pythons = await startPythons()
const all = rivals(pythons)
for (const contest of chosen(CONTESTS, process.argv[2])) {
  const { name, what, per, own, mark } = contest
  const found = own ? { own: await own(), mark } : await timed(contest, all)
  process.send?.({ name, what, per, ...found, python: pythons.fresh?.versions })
}
pythons.fresh?.end()
pythons.reused?.end()
