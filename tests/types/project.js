/** A project that installed the package: a folder with the tests' sources, in which both compilers run. */
import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readdir, realpath, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript-5'
import { writeTypes } from '../../scripts/types.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const here = fileURLToPath(new URL('./', import.meta.url))

/** Packages that the sources import beside this one. */
const INSTALLED = [
  '@types',
  'apache-arrow',
  'csstype',
  'flatbuffers',
  'mathjs',
  'ml-matrix',
  'ndarray',
  'onnxruntime-common',
  'preact',
]

export async function createProject() {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'cosdim-types-'))
  const installed = join(folder, 'node_modules/cosdim')
  await writeTypes(join(installed, 'dist/types'))
  await copyFile(`${root}package.json`, join(installed, 'package.json'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await Promise.all(INSTALLED.map((name) => symlink(`${root}node_modules/${name}`, join(folder, 'node_modules', name))))
  const sources = (await readdir(here)).filter((name) => /\.[cm]?tsx?$/.test(name) && name !== 'implementation.ts')
  await Promise.all(sources.map((name) => copyFile(here + name, join(folder, name))))
  return folder
}

/** What TypeScript 7 says about a project: nothing, if it is right. */
export async function compileWith7(folder, name, compilerOptions, files) {
  const config = join(folder, `tsconfig.${name}.json`)
  await writeFile(config, JSON.stringify({ compilerOptions, files }))
  const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-p', config, '--pretty', 'false'], (error, stdout, stderr) =>
      resolve(`${stdout}${stderr}` || (error ? String(error) : '')),
    )
  })
}

/**
 * The same of TypeScript 5, in this process: its libraries are parsed once, and only the sources and the package are
 * checked. TypeScript 7 checks all.
 */
export async function compileWith5(folder, _name, compilerOptions, files) {
  const { options, errors } = ts.convertCompilerOptionsFromJson(compilerOptions, folder)
  const host = ts.createCompilerHost(options)
  host.getCurrentDirectory = () => folder
  const { getSourceFile } = host
  host.getSourceFile = (name, ...how) => {
    if (!name.includes('/typescript-5/lib/')) return getSourceFile.call(host, name, ...how)
    if (!libraries.has(name)) libraries.set(name, getSourceFile.call(host, name, ...how))
    return libraries.get(name)
  }
  const program = ts.createProgram({ rootNames: files.map((file) => join(folder, file)), options, host })
  const checked = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folder))
  const diagnostics = [
    ...errors,
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...checked.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
    ...(options.declaration ? program.emit().diagnostics : []),
  ]
  return ts.formatDiagnostics(diagnostics, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => folder,
    getNewLine: () => '\n',
  })
}

/** @type {Map<string, ts.SourceFile | undefined>} */
const libraries = new Map()
