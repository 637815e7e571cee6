/** Reads NumPy's .npy files, as the package does, into cells. Its refusals are in the reader's language. */
import { tensor } from 'cosdim'
import { fromNpy } from 'cosdim/npy'
import { cellOf, readElement } from '../model/numbers.js'
import { drawableSizes, indexesOf, MAX_RANK, Unreadable } from '../model/tensors.js'

/** The package's errors, by their codes. @type {Record<string, (t: import('../texts/languages.js').Translate, ...details: any[]) => string>} */
const WORDS = {
  ARCHIVE: (t, name) => (name ? t('npy.archive', name) : t('file.binary')),
  HEADER: (t) => t('npy.header'),
  STRUCTURED: (t, fields) => t('npy.structured', fields),
  DTYPE: (t, descr, known) => t('npy.dtype', descr, known),
  CUT_OFF: (t, wanted, got) => t('npy.short', wanted, got),
  TOO_LONG: (t, wanted) => t('npy.long', wanted),
}

/** Enough of a file to tell its kind, and of an archive to name an array in it. */
const BEGINNING = 400

/** What the package says of a file, if it does not read it. @param {ArrayBuffer} buffer */
function problemOf(buffer) {
  try {
    fromNpy(new Uint8Array(buffer, 0, Math.min(BEGINNING, buffer.byteLength)))
  } catch (error) {
    return /** @type {import('../../../types/npy.js').NpyError} */ (error)
  }
}

/** @param {ArrayBuffer} buffer of no archive */
export const isNpy = (buffer) => problemOf(buffer)?.code !== 'NOT_NPY'

/**
 * Refuses an archive. NumPy's .npz is one, with .npy files inside; so are PyTorch's files and spreadsheets.
 * @param {ArrayBuffer} buffer
 * @throws {Unreadable}
 */
export function refuseArchive(buffer) {
  const { code, details = [] } = problemOf(buffer) ?? {}
  if (code === 'ARCHIVE') throw new Unreadable((t) => WORDS.ARCHIVE(t, ...details))
}

/** @param {ArrayBuffer} buffer */
function read(buffer) {
  try {
    return fromNpy(new Uint8Array(buffer))
  } catch (error) {
    const { code, details } = /** @type {import('../../../types/npy.js').NpyError} */ (error)
    if (!WORDS[code]) throw error
    throw new Unreadable((t) => WORDS[code](t, ...details))
  }
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {import('./pasted.js').Taken}
 * @throws {Unreadable}
 */
export function readNpy(buffer) {
  const { data, dtype, shape, strides } = read(buffer)
  if (shape.length > MAX_RANK) throw new Unreadable((t) => t('tensor.tooDeep', MAX_RANK))
  if (shape.includes(0)) throw new Unreadable((t) => t('paste.nothing'))
  const sizes = drawableSizes(shape)
  const taken = tensor({ data, dtype, shape: sizes, strides })
  const short = dtype === 'float32' || dtype === 'float16'
  const indexes = indexesOf(sizes)
  const elements = /** @type {unknown[]} */ ([taken.tolist()]).flat(Infinity)
  const cells = elements.map((value, i) => {
    const text = short ? shortest(value) : `${Number(value)}`
    const { problem } = readElement(text)
    if (problem) throw new Unreadable((t) => t('npy.cell', indexes[i], problem(t)))
    return cellOf(text)
  })
  return { shape: sizes, cells, said: `${sizes}` === `${shape}` ? [] : [(t) => t('paste.first', sizes, shape)] }
}

/** The shortest text that reads back as the same float32. */
function shortest(value) {
  const precise = Array.from({ length: 9 }, (_, i) => Number(value.toPrecision(i + 1)))
  return `${precise.find((one) => Math.fround(one) === value) ?? value}`
}
