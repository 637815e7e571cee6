/** Builds a file in the format that numpy.lib.format documents. */
export function npy(descr, order, shape, bytes, version = 1) {
  const size = version === 1 ? 10 : 12
  const header = `{'descr': ${descr.startsWith('[') ? descr : `'${descr}'`}, 'fortran_order': ${order}, 'shape': ${shape}, }`
  const padded = `${header.padEnd(Math.ceil((size + header.length + 1) / 64) * 64 - size - 1)}\n`
  const head = Buffer.alloc(size)
  head.write('\x93NUMPY', 'latin1')
  head[6] = version
  if (version === 1) head.writeUInt16LE(padded.length, 8)
  else head.writeUInt32LE(padded.length, 8)
  const all = Buffer.concat([head, Buffer.from(padded, 'latin1'), Buffer.from(bytes.buffer)])
  return all.buffer.slice(all.byteOffset, all.byteOffset + all.length)
}
