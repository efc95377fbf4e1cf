import type { Paint } from './png.ts'

/** Bits per DC category: counts of codes by length, then the categories (ITU T.81, table K.3). */
const DC_COUNTS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
const DC_VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
/** The one AC symbol we write: end of block, as the code `0`. */
const AC_COUNTS = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
const AC_VALUES = [0]

/** A baseline JPEG whose 8 by 8 blocks each have one colour: small, real, and made without a library. Sizes in blocks. */
export function jpeg(across: number, down: number, paint: Paint): Buffer {
  const codes = codesOf(DC_COUNTS, DC_VALUES)
  const bits = new Bits()
  const last = [0, 0, 0]
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      for (const [component, value] of luminance(...paint(x, y)).entries()) {
        writeDifference(bits, codes, value - (last[component] ?? 0))
        last[component] = value
      }
    }
  }
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0', 'latin1'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...Array<number>(64).fill(8)]),
    segment(0xc0, [8, ...word(down * 8), ...word(across * 8), 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]),
    segment(0xc4, [0x00, ...DC_COUNTS, ...DC_VALUES]),
    segment(0xc4, [0x10, ...AC_COUNTS, ...AC_VALUES]),
    segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
    bits.done(),
    Buffer.from([0xff, 0xd9]),
  ])
}

/** With a quantiser of 8, the coefficient of a flat block is its value less 128. */
function luminance(red: number, green: number, blue: number) {
  const y = 0.299 * red + 0.587 * green + 0.114 * blue
  return [y - 128, (blue - y) * 0.564, (red - y) * 0.713].map((value) =>
    Math.max(-128, Math.min(127, Math.round(value))),
  )
}

function writeDifference(bits: Bits, codes: Map<number, [code: number, length: number]>, difference: number) {
  const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1
  const [code, length] = codes.get(size) ?? [0, 0]
  bits.write(code, length)
  if (size > 0) bits.write(difference > 0 ? difference : difference + (1 << size) - 1, size)
  bits.write(0, 1)
}

function codesOf(counts: number[], values: number[]) {
  const codes = new Map<number, [number, number]>()
  let code = 0
  let next = 0
  for (const [index, count] of counts.entries()) {
    for (let i = 0; i < count; i++) codes.set(values[next++] ?? 0, [code++, index + 1])
    code <<= 1
  }
  return codes
}

class Bits {
  readonly #bytes: number[] = []
  #held = 0
  #count = 0

  write(value: number, length: number) {
    for (let i = length - 1; i >= 0; i--) {
      this.#held = (this.#held << 1) | ((value >> i) & 1)
      if (++this.#count === 8) this.#flush()
    }
  }

  done(): Buffer {
    while (this.#count > 0) this.write(1, 1)
    return Buffer.from(this.#bytes)
  }

  /** A byte of ones is followed by a zero, else it would read as a marker. */
  #flush() {
    this.#bytes.push(this.#held)
    if (this.#held === 0xff) this.#bytes.push(0)
    this.#held = 0
    this.#count = 0
  }
}

const word = (value: number) => [value >> 8, value & 0xff]

const segment = (marker: number, content: number[]) =>
  Buffer.from([0xff, marker, ...word(content.length + 2), ...content])
