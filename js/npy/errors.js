/** What can be wrong with a file. The page words these errors itself, from their codes and details. */
import { tuple } from '../error-messages.js'

/** How to save elements of another kind as numbers, by NumPy's letter of the kind. @type {Record<string, string>} */
const SAVE = {
  c: "the real part, np.save('a.npy', a.real)",
  O: "numbers, np.save('a.npy', a.astype('float32')), if its objects are numbers",
  U: "numbers, np.save('a.npy', a.astype('float64')), if its texts are numbers",
  S: "numbers, np.save('a.npy', a.astype('float64')), if its texts are numbers",
  M: "the count, np.save('a.npy', a.astype('int64'))",
  m: "the count, np.save('a.npy', a.astype('int64'))",
}

/** @type {Record<string, (...details: any[]) => string>} */
const MESSAGES = {
  NOT_NPY: (start) =>
    `This is not a .npy file: it ${start ? `begins with ${JSON.stringify(start)}` : 'is empty'}. Save the array with np.save('a.npy', a).`,
  ARCHIVE: (name) =>
    name
      ? `This is an archive of arrays. Save one of them: np.save('a.npy', np.load('a.npz')['${name}']).`
      : "This is a zip file, not a .npy file. Save the array with np.save('a.npy', a).",
  HEADER: (why) => `The header of this .npy file is damaged: ${why}. Save the array again with np.save('a.npy', a).`,
  STRUCTURED: (fields) =>
    `The elements of this .npy file are structured: ${fields.join(', ')}. Save one field: np.save('a.npy', a['${fields[0]}']).`,
  DTYPE: (descr, known) =>
    `The dtype of this .npy file is ${descr}, not one of ${known.join(', ')}. ` +
    `Save ${SAVE[descr.replace(/^[<>=|]/, '')[0]] ?? "numbers, np.save('a.npy', a.astype('float32'))"}.`,
  CUT_OFF: (wanted, got) =>
    `This .npy file is cut off: ${wanted} bytes of elements were announced, ${got} came. Copy or download it again.`,
  TOO_LONG: (wanted) =>
    `This .npy file goes on after the ${wanted} bytes of its array. If it has several arrays, save each in a file of its own.`,
  FORTRAN: (shape, bytes) =>
    `The array of shape ${tuple(shape)} is in Fortran order: its first rows end where its ${bytes} bytes end, and a stream would ` +
    "have to be held whole. Pass a Blob or a FileHandle instead, or save np.save('a.npy', np.ascontiguousarray(a)).",
}

/**
 * @param {string} code a key of MESSAGES
 * @param {...unknown} details
 */
export function npyError(code, ...details) {
  const isType = code === 'DTYPE' || code === 'STRUCTURED'
  return Object.assign(new (isType ? TypeError : RangeError)(MESSAGES[code](...details)), { code, details })
}
