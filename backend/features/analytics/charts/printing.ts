import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { paletteOf, type Scheme } from './colours.ts'

const FONT = 'Open Sans'
const FONT_FILES = ['400Regular/OpenSans_400Regular', '600SemiBold/OpenSans_600SemiBold'].map(
  (name) => `@expo-google-fonts/open-sans/${name}.ttf`,
)
const WASM = '@resvg/resvg-wasm/index_bg.wasm'

/**
 * A drawn chart as a PNG, for mail, whose readers show no SVG. Letters are of a font of ours: a machine may have none.
 * @param width pixels
 */
export async function printed(
  svg: string,
  { width = 1_200, scheme = 'light' }: { width?: number; scheme?: Scheme } = {},
) {
  const { Resvg, fonts } = await printer()
  const colours = paletteOf(scheme)
  const coloured = svg.replaceAll(/var\(--([\w-]+)\)/g, (_, name: string) => colours.get(name) ?? unknown(name))
  const renderer = new Resvg(coloured, {
    background: colours.get('paper') ?? unknown('paper'),
    fitTo: { mode: 'width', value: width },
    font: { fontBuffers: fonts, defaultFontFamily: FONT, sansSerifFamily: FONT },
  })
  try {
    return Buffer.from(renderer.render().asPng())
  } finally {
    renderer.free()
  }
}

function unknown(name: string): never {
  throw new Error(`No colour is called ${name}`)
}

let loading: ReturnType<typeof load> | undefined

const printer = () => {
  loading ??= load()
  return loading
}

async function load() {
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm')
  const read = async (name: string) => readFile(fileURLToPath(import.meta.resolve(name)))
  const [wasm, ...fonts] = await Promise.all([WASM, ...FONT_FILES].map(read))
  if (!wasm) throw new Error('The printer of pictures is not installed')
  await initWasm(wasm)
  return { Resvg, fonts: fonts.map((font) => new Uint8Array(font)) }
}
