/** A progress bar on a terminal, for what takes longer than a second. */

const AFTER = 1000
const EVERY = 100
const WIDTH = 24
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

/** @param {number} bytes */
function inUnits(bytes) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${(bytes / 1000 ** power).toFixed(power ? 1 : 0)} ${UNITS[power]}`
}

export class Progress {
  /**
   * @param {{ isTTY?: boolean, write(text: string): unknown }} stream
   * @param {() => number} [now]
   */
  constructor(stream, now = () => performance.now()) {
    this.stream = stream
    this.now = now
    this.due = now() + AFTER
    this.total = 0
    this.done = 0
    this.isShown = false
  }

  /** Adds the size of a file that is about to be read. @param {number} bytes */
  expect(bytes) {
    this.total += bytes
  }

  /** That bytes were read. @param {number} bytes */
  read(bytes) {
    this.done += bytes
    const [done, total] = [this.done, this.total]
    this.show(
      total ? Math.min(1, done / total) : undefined,
      total ? `${inUnits(done)} of ${inUnits(total)}` : `${inUnits(done)} read`,
    )
  }

  /** For the library's onProgress. @param {{ done: number, total: number }} progress */
  compute = ({ done, total }) => {
    if (total !== Infinity) this.show(done / total, '')
  }

  /**
   * @param {number | undefined} fraction undefined if the total is not known
   * @param {string} text
   */
  show(fraction, text) {
    if (!this.stream.isTTY || this.now() < this.due) return
    this.due = this.now() + EVERY
    this.isShown = true
    const full = Math.round((fraction ?? 0) * WIDTH)
    const bar = `[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}] ${Math.floor((fraction ?? 0) * 100)} % `
    this.stream.write(`\r\x1b[K${fraction === undefined ? '' : bar}${text}`)
  }

  /** Leaves an empty line, and shows no more. */
  end() {
    if (this.isShown) this.stream.write('\r\x1b[K')
    this.isShown = false
    this.due = Infinity
  }
}

/** That of the command. */
export const progress = new Progress(process.stderr)
