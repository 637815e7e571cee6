/**
 * Opens pages and waits for each to say, in its title, how it went: node browse.js chromium|firefox PAGE…
 * The pages are the current folder's, or those of the command in SERVER, which is given a PORT.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { serve } from '../../scripts/serve.js'
import { closeBrowsers, newContext } from '../browser/browsers.js'

const [name, ...paths] = process.argv.slice(2)

/** Starts a command and waits until it answers, for at most a minute. */
async function start(command) {
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (free.address())
  free.close()
  const url = `http://127.0.0.1:${port}/`
  const env = { ...process.env, PORT: String(port) }
  const child = spawn('sh', ['-c', command], { env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] })
  const close = () => process.kill(-Number(child.pid))
  for (let tries = 0; tries < 120; tries++) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer) return { url, close }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  close()
  throw new Error(`${command} does not answer at ${url}`)
}

async function serveFolder() {
  const { server, url } = await serve(process.cwd(), 0)
  return { url, close: () => server.close() }
}

async function outcome(url) {
  const context = await newContext(name, {})
  const page = await context.newPage()
  const complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(url)
  const told = page.waitForFunction(() => /^(passed|failed): /.test(document.title), undefined, { timeout: 30_000 })
  await told.catch((error) => complaints.push(String(error)))
  const title = await page.title()
  const version = context.browser()?.version()
  await context.close()
  return title.startsWith('passed: ') ? `${title}, in ${name} ${version}` : [title, ...complaints].join('\n')
}

const { url, close } = await (process.env.SERVER ? start(process.env.SERVER) : serveFolder())
process.once('SIGTERM', () => {
  close()
  process.exit(1)
})
try {
  for (const path of paths) {
    const said = await outcome(new URL(path, url).href)
    console.log(`${path} ${said}`)
    if (!said.startsWith('passed: ')) process.exitCode = 1
  }
} finally {
  await closeBrowsers()
  close()
}
