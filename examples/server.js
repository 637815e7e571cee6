/** What the examples share: errors as lines, since a stack would be of minified code. */
import { once } from 'node:events'
import { connect } from 'node:net'

let said = ''

/** Prints an error, unless it repeats: clients try again until the server is back. @param {any} error */
export function say({ code, message }) {
  const line = message || code
  if (line !== said) console.error(line)
  said = line
}

/** Ends the program with an error. @returns {never} */
export function fail(error) {
  say(error)
  process.exit(1)
}
process.on('uncaughtException', fail)

/** Ends the program unless a server answers: clients would try for ever. `port` is the usual one. */
export async function reach(url, port, advice) {
  const { hostname, host, port: given } = new URL(url)
  const socket = connect(Number(given || port), hostname.replace(/^\[|]$/g, ''))
  const answer = once(socket, 'connect', { signal: AbortSignal.timeout(10_000) })
  await answer.catch(() => fail(new Error(`No server answers at ${host}. ${advice}`)))
  socket.destroy()
}
