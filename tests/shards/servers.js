/**
 * Real servers on 127.0.0.1, each with a free port and a folder of its own. A server dies with the test, even a
 * test that is killed. It writes to a file, because a server that outlived its test would hold the test's pipes open.
 */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const DEADLINE = 20_000
/* Debian keeps nats-server where only root looks. */
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }

/** The command, as one that is killed when this process ends. */
export const dying = (...command) => ['setpriv', '--pdeathsig', 'KILL', '--', ...command]

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = /** @type {any} */ (server.address())
  await new Promise((resolve) => server.close(resolve))
  return port
}

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy())
  })

/** PostgreSQL refuses to run as root. */
const asPostgres = process.getuid?.() === 0 ? ['--reuid=postgres', '--regid=postgres', '--init-groups'] : []

/** What starts each server, and its URL. `prepare` runs once, before the first start; `isReady` is for one that answers too early. */
const KINDS = {
  redis: {
    command: (port, folder) =>
      dying(
        'redis-server',
        ...`--port ${port} --bind 127.0.0.1 --dir ${folder} --appendonly yes`.split(' '),
        '--save',
        '',
      ),
    url: (port) => `redis://127.0.0.1:${port}`,
  },
  postgres: {
    prepare(folder) {
      chmodSync(folder, 0o777)
      const [command, ...rest] = postgres(
        'initdb',
        '-D',
        `${folder}/data`,
        '-A',
        'trust',
        '-U',
        'postgres',
        '-E',
        'UTF8',
        '-N',
      )
      execFileSync(command, rest, { stdio: 'ignore' })
    },
    command: (port, folder) =>
      postgres('postgres', '-D', `${folder}/data`, '-p', `${port}`, '-h', '127.0.0.1', '-k', folder, '-c', 'fsync=off'),
    isReady: (port) =>
      new Promise((resolve) => {
        const [command, ...rest] = postgres('pg_isready', '-h', '127.0.0.1', '-p', `${port}`)
        execFile(command, rest, (error) => resolve(!error))
      }),
    url: (port) => `postgres://postgres@127.0.0.1:${port}/postgres`,
  },
  nats: {
    command: (port, folder) => dying('nats-server', '-js', '-sd', folder, '-a', '127.0.0.1', '-p', `${port}`),
    url: (port) => `nats://127.0.0.1:${port}`,
  },
}

function postgres(name, ...args) {
  const [newest] = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))
  return ['setpriv', '--pdeathsig', 'KILL', ...asPostgres, '--', `/usr/lib/postgresql/${newest}/bin/${name}`, ...args]
}

/**
 * @param {keyof typeof KINDS} name
 * @param {(command: string[], folder: string) => string[]} [wrap] changes the command
 */
export async function startServer(name, wrap = (command) => command) {
  const { prepare, command, isReady = answers, url } = /** @type {any} */ (KINDS[name])
  const folder = mkdtempSync(join(tmpdir(), `cosdim-${name}-`))
  const port = await freePort()
  const log = join(folder, 'log')
  prepare?.(folder)
  let child
  const server = {
    folder,
    url: url(port),
    pid: () => child.pid,
    async start() {
      const out = openSync(log, 'a')
      const [file, ...args] = wrap(command(port, folder), folder)
      child = spawn(file, args, { env, stdio: ['ignore', out, out] })
      for (const end = Date.now() + DEADLINE; !(await isReady(port)); await delay(50))
        if (Date.now() > end || child.exitCode !== null)
          throw new Error(`${name} did not start:\n${readFileSync(log, 'utf8')}`)
    },
    /** Kills it, as a crash does. Its data stay. */
    async kill() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      await server.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}
