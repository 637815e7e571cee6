/** A description of the machine. */
import { readdirSync, readFileSync } from 'node:fs'
import { arch, cpus, platform, release, totalmem } from 'node:os'

const CACHES = '/sys/devices/system/cpu/cpu0/cache'

/** The first core's data caches as Linux lists them, else none. @returns {{ level: number, bytes: number }[]} */
function caches() {
  try {
    return readdirSync(CACHES)
      .filter((name) => name.startsWith('index'))
      .map((name) => (file) => readFileSync(`${CACHES}/${name}/${file}`, 'utf8').trim())
      .filter((read) => read('type') !== 'Instruction')
      .map((read) => ({ level: Number(read('level')), bytes: Number.parseInt(read('size'), 10) * 1024 }))
      .sort((a, b) => a.level - b.level)
  } catch {
    return []
  }
}

const found = caches()

export const machine = {
  cpu: cpus()[0]?.model.trim() ?? arch(),
  cores: cpus().length,
  caches: found,
  lastCache: found.at(-1)?.bytes ?? 32 * 2 ** 20,
  memory: totalmem(),
  system: `${platform()} ${release()}`,
  node: process.version,
  v8: process.versions.v8,
}

const inUnits = (bytes) => (bytes < 2 ** 20 ? `${bytes / 2 ** 10} KiB` : `${Math.round(bytes / 2 ** 20)} MiB`)

export function inWords() {
  const { cpu, cores, memory, node, v8 } = machine
  const levels = found.map(({ level, bytes }) => `L${level} ${inUnits(bytes)}`).join(', ')
  return `${cpu}, ${cores} cores${levels && `, ${levels}`}, ${Math.round(memory / 2 ** 30)} GiB; Node ${node} (V8 ${v8}); one thread`
}
