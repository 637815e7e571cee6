/** What a terminal and a shell see: progress, signals, pipes that close, completion. */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openBytes } from '../../js/cli/bytes.js'
import { progress as counted, Progress } from '../../js/cli/progress.js'
import { CLI, cosdim, folderWith, printed, shell } from './run.js'

/** A terminal, and a clock that a test sets. */
function terminal({ isTTY = true } = {}) {
  const written = []
  const clock = { now: 0 }
  const stream = { isTTY, write: (text) => written.push(text) }
  return { written, clock, progress: new Progress(stream, () => clock.now) }
}

test('a progress bar appears on a terminal after a second, and goes at the end', () => {
  const { written, clock, progress } = terminal()
  progress.expect(4e9)
  clock.now = 999
  progress.read(1e9)
  assert.deepEqual(written, [])
  clock.now = 1000
  progress.read(1e9)
  clock.now = 1050
  progress.read(1) // too soon
  clock.now = 1100
  progress.read(2e9 - 1)
  progress.end()
  progress.end()
  assert.deepEqual(written, [
    '\r\x1b[K[############------------] 50 % 2.0 GB of 4.0 GB',
    '\r\x1b[K[########################] 100 % 4.0 GB of 4.0 GB',
    '\r\x1b[K',
  ])
})

test('a total has the largest unit that fits, of which terabytes are the last', () => {
  for (const [bytes, said] of /** @type {[number, string][]} */ ([
    [999, '999 B'],
    [1e3, '1.0 kB'],
    [1e6, '1.0 MB'],
    [1e12, '1.0 TB'],
    [2.5e15, '2500.0 TB'],
  ])) {
    const { written, clock, progress } = terminal()
    progress.expect(bytes)
    clock.now = 1000
    progress.read(0)
    assert.match(written[0], new RegExp(` 0 % 0 B of ${said}$`))
  }
})

test('without a total it counts bytes; elsewhere than on a terminal it is silent', () => {
  const { written, clock, progress } = terminal()
  clock.now = 2000
  progress.read(1500)
  clock.now = 3000
  progress.compute({ done: 1, total: 4 })
  progress.compute({ done: 1, total: Infinity })
  assert.deepEqual(written, ['\r\x1b[K1.5 kB read', '\r\x1b[K[######------------------] 25 % '])
  const pipe = terminal({ isTTY: false })
  pipe.clock.now = 5000
  pipe.progress.read(1)
  pipe.progress.end()
  assert.deepEqual(pipe.written, [])
})

test('bytes of a file and of a pipe are counted as they are read', async () => {
  const size = 3 * 2 ** 20 + 17
  const folder = folderWith()
  const file = join(folder, 'numbers')
  const pipe = join(folder, 'pipe')
  writeFileSync(file, Buffer.alloc(size))
  execFileSync('mkfifo', [pipe])
  for (const [path, expected] of /** @type {const} */ ([
    [file, size],
    [pipe, 0], // nobody knows how many there will be
  ])) {
    const { done, total } = counted
    const writer = path === pipe ? spawn('cp', [file, pipe]) : undefined
    const bytes = await openBytes(path, 'x1')
    let got = 0
    for await (const piece of bytes.all) {
      got += piece.length
      assert.equal(counted.done - done, got)
    }
    await bytes.close?.()
    writer?.kill()
    assert.deepEqual([got, counted.total - total], [size, expected])
  }
})

const ROW = `${JSON.stringify(Array(100).fill(1))}\n`

/** Starts a command whose standard input stays open. */
function start(args, cwd) {
  const child = spawn(process.execPath, [CLI, ...args], { cwd, stdio: ['pipe', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (text) => {
    stderr += text
  })
  child.stdin.on('error', () => {})
  const ended = new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })))
  return { child, ended }
}

test('a signal ends it at once with the exit code of shells, and leaves no half file', async () => {
  for (const [signal, expected] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])) {
    const cwd = folderWith({ 'r.npy': 'old' })
    const { child, ended } = start(['-', '[2]', '--dim', '1', '--format', 'jsonl', '--out', 'r.npy'], cwd)
    child.stdin.write(ROW.repeat(60_000)) // more than is held, so that it writes meanwhile
    while (readdirSync(cwd).length < 2) await new Promise((resolve) => setTimeout(resolve, 20))
    child.kill(signal)
    assert.deepEqual(await ended, { code: expected, stderr: '' })
    assert.deepEqual(readdirSync(cwd), ['r.npy'])
  }
})

test('an error ends it while standard input goes on', async () => {
  const { child, ended } = start(['-', 'nothing.npy', '--format', 'jsonl'], folderWith())
  child.stdin.write(ROW.repeat(52_400)) // a little more than is held
  assert.deepEqual(await ended, { code: 1, stderr: 'cosdim: nothing.npy: no such file or directory.\n' })
})

test('it ends quietly if nobody reads its output', async () => {
  const cwd = folderWith({ 'rows.jsonl': '[1, 2]\n'.repeat(2000) })
  assert.equal(await shell('cosdim pairwise rows.jsonl --json | head -c 9', cwd), '[[1,1,1,1')
})

test('a full disk is said in a line', async () => {
  const cwd = folderWith()
  const { code, stderr } = await cosdim(['[1]', '[1]', '--dim', '0'], { cwd, stdout: '/dev/full' })
  assert.deepEqual([code, stderr], [1, 'cosdim: standard output: the disk is full.\n'])
})

test('on a terminal, the bar makes room for the result', () => {
  const cwd = folderWith({
    'rows.jsonl': '[1, 2]\n[3, 4]\n',
    'started.mjs': "import { writeFileSync } from 'node:fs'\nwriteFileSync('started', '')\n",
  })
  // A second from its start, however long starting takes on a busy machine.
  const input = 'cat rows.jsonl; until [ -e started ]; do sleep 0.1; done; sleep 2; cat rows.jsonl'
  const command = `(${input}) | "${process.execPath}" --import ./started.mjs "${CLI}" topk '[3, 4]' - -k 1`
  const shown = execFileSync('script', ['-qec', command, '/dev/null'], { cwd, encoding: 'utf8', stdio: 'pipe' })
  assert.equal(
    shown,
    '\r\x1b[K28 B read\r\x1b[Ktorch.return_types.topk(\r\nvalues=tensor([1.]),\r\nindices=tensor([1]))\r\n',
  )
})

/** What bash offers for a line. */
function inBash(line, cwd) {
  const words = line.split(' ')
  const script = `source <("${process.execPath}" "${CLI}" completion bash)
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _cosdim
    printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', script], { cwd, encoding: 'utf8' }).trim().split('\n')
}

/** What fish offers. */
const inFish = (line, cwd) =>
  execFileSync(
    'fish',
    ['--no-config', '-c', `"${process.execPath}" "${CLI}" completion fish | source; complete -C "${line}"`],
    {
      cwd,
      encoding: 'utf8',
    },
  )
    .trim()
    .split('\n')
    .map((offer) => offer.split('\t')[0])

/** What zsh lists up to an offer, on a terminal of its own, which its completion needs. */
function inZsh(line, last, cwd) {
  writeFileSync(
    join(cwd, '.zshrc'),
    `PS1='ready> '; autoload -Uz compinit; compinit -u -d ${join(cwd, '.zcompdump')}
    cosdim() { "${process.execPath}" "${CLI}" "$@" }
    source <(cosdim completion zsh)`,
  )
  const script = `zmodload zsh/zpty; zpty z env ZDOTDIR=${cwd} TERM=dumb zsh -i; zpty -r z ready '*ready*'
    zpty -w -n z $'${line}\\t'; zpty -r z offered '*${last}*'; print -r -- $offered`
  return execFileSync('zsh', ['-f', '-c', script], { cwd, encoding: 'utf8', timeout: 30_000 })
}

const FILES = { 'corpus.npy': '', 'query.json': '' }

test('bash completes commands, options, their values and files', () => {
  const cwd = folderWith(FILES)
  assert.deepEqual(inBash('cosdim top', cwd), ['topk'])
  assert.deepEqual(inBash('cosdim c', cwd), ['completion', 'corpus.npy'])
  assert.deepEqual(inBash('cosdim topk q', cwd), ['query.json'])
  assert.deepEqual(inBash('cosdim topk --d', cwd), ['--dtype'])
  assert.deepEqual(inBash('cosdim --di', cwd), ['--dim'])
  assert.deepEqual(inBash('cosdim topk --di', cwd), [''])
  assert.deepEqual(inBash('cosdim pairwise a.npy --dtype float', cwd), ['float16', 'float32', 'float64'])
  assert.deepEqual(inBash('cosdim attention a.npy --normalize s', cwd), ['sum', 'softmax'])
  assert.deepEqual(inBash('cosdim a.npy --dim ', cwd), [''])
  assert.deepEqual(inBash('cosdim a.npy --out c', cwd), ['corpus.npy'])
  assert.deepEqual(inBash('cosdim completion z', cwd), ['zsh'])
})

test('fish does, too', () => {
  const cwd = folderWith(FILES)
  assert.deepEqual(inFish('cosdim top', cwd), ['topk'])
  assert.deepEqual(inFish('cosdim topk --d', cwd), ['--dtype'])
  assert.deepEqual(inFish('cosdim --di', cwd), ['--dim'])
  assert.deepEqual(inFish('cosdim topk q', cwd), ['query.json'])
  assert.deepEqual(inFish('cosdim pairwise a.npy --dtype float', cwd), ['float16', 'float32', 'float64'])
  assert.deepEqual(inFish('cosdim completion b', cwd), ['bash'])
})

test('and zsh', () => {
  const options = inZsh('cosdim pairwise --', '--out', folderWith(FILES))
  assert.deepEqual(options.match(/(?<=^|\s)--\w+(?=\s)/g), [
    '--dtype',
    '--eps',
    '--format',
    '--help',
    '--json',
    '--out',
  ])
  const commands = inZsh('cosdim ', 'query.json', folderWith(FILES))
  for (const offer of ['similarity', 'completion', 'topk', 'corpus.npy']) assert.ok(commands.includes(offer), commands)
})

test('the scripts have every command and option', async () => {
  for (const name of ['bash', 'zsh', 'fish']) {
    const script = await printed(['completion', name])
    for (const word of [
      'similarity',
      'pairwise',
      'topk',
      'distance',
      'attention',
      'explain',
      'normalize',
      'weights',
      'softmax',
    ])
      assert.ok(script.includes(word), `${name}: ${word}`)
  }
})
