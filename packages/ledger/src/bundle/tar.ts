/**
 * Tar (ustar), as much of it as text files need. Nothing in it depends on the moment or the machine.
 *
 * @module
 */
import type { BundleFile } from './bundle.ts'

const block = 512

/** A file with its header, filled up to whole blocks. */
export const tarFile = ({ path, content }: BundleFile): Uint8Array => {
  const bytes = Buffer.from(content, 'utf8')
  const header = Buffer.alloc(block)
  const put = (text: string, at: number) => header.write(text, at, 'latin1')
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length, '0')}\0`
  if (path.length > 100) throw new RangeError(`${path} is too long a name`)
  put(path, 0)
  put(octal(0o644, 7), 100)
  put(octal(0, 7), 108)
  put(octal(0, 7), 116)
  put(octal(bytes.length, 11), 124)
  put(octal(0, 11), 136)
  // The sum is made as if its own place held spaces.
  put(' '.repeat(8), 148)
  put('0', 156)
  put('ustar\x0000', 257)
  put(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
    148,
  )
  const rest = (block - (bytes.length % block)) % block
  return Buffer.concat([header, bytes, Buffer.alloc(rest)])
}

/** What a tar ends with. */
export const tarEnd = (): Uint8Array => Buffer.alloc(2 * block)
