/**
 * Serves a folder on 127.0.0.1, for people and for tests. The content security policy in a page's meta element is also
 * sent as a header, so that it holds for the whole document, as it does where the page is published.
 */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}

const policyOf = (html) => html.match(/<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]+)"/)?.[1]

/**
 * @param {string} directory
 * @param {number} port the first port to try, then the next ones; 0 takes any free port
 * @param {Record<string, string>} [headers] more of them, of every file
 * @returns {Promise<{ server: import('node:http').Server, url: string }>}
 */
export async function serve(directory, port, headers = {}) {
  const server = createServer(async ({ url = '/' }, response) => {
    try {
      const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname))
      const file = join(directory, path.endsWith('/') ? `${path}index.html` : path)
      const body = await readFile(file)
      const type = TYPES[extname(file)] ?? 'application/octet-stream'
      const policy = type === 'text/html' && policyOf(String(body))
      response.writeHead(200, {
        ...headers,
        'content-type': `${type}; charset=utf-8`,
        ...(policy && { 'content-security-policy': policy }),
      })
      response.end(body)
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
      response.end('Not found.\n')
    }
  })
  for (; ; port++) {
    try {
      await listen(server, port)
      const address = /** @type {import('node:net').AddressInfo} */ (server.address())
      return { server, url: `http://127.0.0.1:${address.port}/` }
    } catch (cause) {
      const error = /** @type {NodeJS.ErrnoException} */ (cause)
      if (error.code !== 'EADDRINUSE' || port >= 65535) throw error
    }
  }
}

/** @returns {Promise<void>} */
const listen = (server, port) =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
