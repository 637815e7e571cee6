/**
 * Serves a folder on 127.0.0.1, for looking at the page and for its tests. A page's content security policy, which its meta
 * element has, is sent as a header too: it then holds for all of the document, as where the page is published.
 */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

const policyOf = (html) => html.match(/<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]+)"/)?.[1]

/**
 * @param {string} directory
 * @param {number} port the first one to try; a taken port gives the next free one, 0 any
 * @returns {Promise<{ server: import('node:http').Server, url: string }>}
 */
export async function serve(directory, port) {
  const server = createServer(async ({ url = '/' }, response) => {
    try {
      const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname))
      const file = join(directory, path.endsWith('/') ? `${path}index.html` : path)
      const body = await readFile(file)
      const type = TYPES[extname(file)] ?? 'application/octet-stream'
      const policy = type === 'text/html' && policyOf(String(body))
      response.writeHead(200, {
        'content-type': `${type}; charset=utf-8`,
        ...(policy && { 'content-security-policy': policy }),
      })
      response.end(body)
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
      response.end('There is no such page.\n')
    }
  })
  for (; ; port++) {
    try {
      await listen(server, port)
      return { server, url: `http://127.0.0.1:${server.address().port}/` }
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || port >= 65535) throw error
    }
  }
}

const listen = (server, port) =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
