/**
 * Debian's WebKit: MiniBrowser on a virtual screen, driven over the WebDriver protocol. Playwright drives only its own
 * build of WebKit. WEBKIT_DRIVER sets another path of the driver.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const DRIVER = process.env.WEBKIT_DRIVER ?? 'WebKitWebDriver'
/* How long the driver may take to listen, and a page to get where a test wants it, in ms. */
const LISTENS = 20_000
const ARRIVES = 15_000

/** The keys that WebDriver names by code points of its own. */
const KEYS = { PageUp: '\ue00e', PageDown: '\ue00f', Home: '\ue011', ArrowLeft: '\ue012' }

/**
 * Starts the browser.
 * @param {{ reducedMotion?: boolean }} settings
 */
export async function startWebKit({ reducedMotion = true }) {
  const home = mkdtempSync(join(tmpdir(), 'cosdim-webkit-'))
  const processes = []
  const end = () => {
    // Each leads a group, with the processes that it starts.
    for (const { pid } of processes.splice(0).reverse()) process.kill(-pid, 'SIGKILL')
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', end)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  const start = (command, args, options) => {
    const child = spawn(command, args, { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'pipe'], ...options })
    if (child.pid) processes.push(child)
    return child
  }
  try {
    const env = { ...process.env, ...settingsIn(home, reducedMotion), DISPLAY: await startScreen(start) }
    const port = await freePort()
    start(DRIVER, [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore' })
    return { ...(await openSession(`http://127.0.0.1:${port}`)), end }
  } catch (error) {
    end()
    throw error
  }
}

/** Writes GTK's settings to a home directory of their own. Returns the environment that uses it, and software rendering. */
function settingsIn(home, reducedMotion) {
  mkdirSync(join(home, 'gtk-3.0'))
  const animations = reducedMotion ? 0 : 1
  writeFileSync(join(home, 'gtk-3.0/settings.ini'), `[Settings]\ngtk-enable-animations=${animations}\n`)
  // Without these, the browser's bar makes the window 447 px wide at least.
  writeFileSync(join(home, 'gtk-3.0/gtk.css'), 'button, entry { min-width: 0; padding: 0; margin: 0; border: 0 }')
  const folders = ['HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR']
  return {
    ...Object.fromEntries(folders.map((name) => [name, home])),
    GDK_BACKEND: 'x11',
    LIBGL_ALWAYS_SOFTWARE: '1',
    NO_AT_BRIDGE: '1',
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  }
}

/** Starts a screen, which chooses its own number. */
async function startScreen(start) {
  const screen = start('Xvfb', ['-displayfd', '3', '-screen', '0', '2000x1500x24', '-nolisten', 'tcp'])
  const number = await new Promise((resolve, reject) => {
    screen.once('error', reject)
    screen.once('exit', () => reject(Error('Xvfb ended')))
    screen.stdio[3].once('data', resolve)
  })
  return `:${String(number).trim()}`
}

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
      server.close(() => resolve(port))
    })
  })

async function command(method, url, body) {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) })
  const { value } = /** @type {any} */ (await response.json())
  if (!response.ok) throw Error(`${value.error}: ${value.message}`)
  return value
}

/** Tries until it succeeds. @param {() => Promise<any>} attempt */
async function persist(attempt, time) {
  const end = Date.now() + time
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > end) throw error
      await pause(50)
    }
  }
}

/** @param {string} driver its address */
async function openSession(driver) {
  await persist(() => command('GET', `${driver}/status`), LISTENS)
  const { sessionId } = await command('POST', `${driver}/session`, { capabilities: {} })
  const post = (path, body) => command('POST', `${driver}/session/${sessionId}/${path}`, body)

  /**
   * Calls a function in the page, with the explorer's root and plain arguments.
   * @param {(root: any, ...args: any[]) => any} body
   */
  const evaluate = (body, ...args) =>
    post('execute/sync', {
      script: `return (${body})(document.querySelector('cosine-dim')?.shadowRoot, ...arguments)`,
      args,
    })
  const act = (...actions) => post('actions', { actions })

  return {
    evaluate,
    /** Waits until a function in the page returns something. @param {(root: any, ...args: any[]) => any} body */
    waitFor: (body, ...args) =>
      persist(async () => {
        const value = await evaluate(body, ...args)
        if (!value) throw Error(`Still waiting for ${body}`)
        return value
      }, ARRIVES),
    goto: (url) => post('url', { url }),
    /** Makes the page's own window this large, without the browser's bars. */
    async resize(width, height) {
      const [wide, high] = await evaluate(() => [outerWidth - innerWidth, outerHeight - innerHeight])
      await post('window/rect', { width: width + wide, height: height + high })
      await persist(async () => {
        const size = await evaluate(() => [innerWidth, innerHeight])
        if (`${size}` !== `${[width, height]}`) throw Error(`The window is ${size.join(' × ')}.`)
      }, ARRIVES)
    },
    press(key) {
      const value = KEYS[key] ?? key
      const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value }))
      return act({ type: 'key', id: 'keyboard', actions })
    },
    click: (x, y) =>
      act({
        type: 'pointer',
        id: 'mouse',
        actions: [
          { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
          { type: 'pointerDown', button: 0 },
          { type: 'pointerUp', button: 0 },
        ],
      }),
    screenshot: async () => Buffer.from(await command('GET', `${driver}/session/${sessionId}/screenshot`), 'base64'),
  }
}
