import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { entryNames, type Manifest, stampedManifest } from './addon/manifest.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The address in the manifest of the repository; every build replaces it. */
const PLACEHOLDER = 'https://desk.example.com/'

export type Addon = { code: string; manifest: Manifest; codePath: string; manifestPath: string }

/**
 * Bundles the add-on and stamps the backend's address into bundle and manifest together, so that code and allow-lists agree.
 * A build-time constant rather than a script property: clasp cannot set a property, and reading one costs every execution a call.
 * @param backendUrl https origin of the backend, as Google reaches it
 * @param outDir receives Code.js and appsscript.json
 * @throws Error when the address is not usable, or the manifest names a function that addon/main.ts does not export
 */
export async function buildAddon({ backendUrl, outDir }: { backendUrl: string; outDir: string }): Promise<Addon> {
  const origin = originOf(backendUrl)
  const manifest = stampedManifest(await readJson('appsscript.json'), PLACEHOLDER, `${origin}/`)
  const code = await bundleOf(origin, entryNames(manifest))
  const [codePath, manifestPath] = [join(outDir, 'Code.js'), join(outDir, 'appsscript.json')]
  await mkdir(outDir, { recursive: true })
  await writeFile(codePath, code)
  await writeFile(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`)
  return { code, manifest, codePath, manifestPath }
}

/**
 * The origin without a slash at its end.
 * @throws Error when Apps Script could not call it: not https, or with a path, a query or a login
 */
export function originOf(backendUrl: string): string {
  if (!URL.canParse(backendUrl))
    throw new Error(`"${backendUrl}" is not an address. It looks like https://desk.example.com`)
  const { protocol, origin, pathname, search, hash, username } = new URL(backendUrl)
  if (protocol !== 'https:') throw new Error(`${backendUrl} is not https, and Apps Script calls nothing else.`)
  if (pathname !== '/' || search || hash || username)
    throw new Error(`${backendUrl} has more than a host. No path is needed: give only ${origin}`)
  return origin
}

/**
 * One script whose top level has a function for each name: Apps Script sees nothing inside a bundle.
 * @throws Error, from esbuild, that names what addon/main.ts does not export
 */
export async function bundleOf(origin: string, names: readonly string[]): Promise<string> {
  const { version } = (await readJson('package.json')) as { version: string }
  const { outputFiles } = await build({
    stdin: {
      contents: `import { ${names.join(', ')} } from './main.ts'\nAddon = { ${names.join(', ')} }`,
      resolveDir: join(ROOT, 'addon'),
    },
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    logLevel: 'silent',
    format: 'iife',
    target: 'es2019',
    charset: 'utf8', // escapes were reported to break uploads, and are never needed
    minifyWhitespace: true, // names stay, so that a stack trace can be read
    minifySyntax: true,
    lineLimit: 160,
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    define: { BACKEND_URL: JSON.stringify(origin), ADDON_VERSION: JSON.stringify(version) },
    banner: { js: 'var Addon;' },
    footer: { js: names.map((name) => `function ${name}(event) { return Addon.${name}(event) }`).join('\n') },
  })
  return outputFiles.map(({ text }) => text).join('')
}

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(join(ROOT, path), 'utf8'))

if (import.meta.main) {
  const { values } = parseArgs({ options: { backend: { type: 'string', default: PLACEHOLDER } } })
  const { code, codePath } = await buildAddon({ backendUrl: values.backend, outDir: join(ROOT, 'dist') })
  console.log(`${codePath}: ${(Buffer.byteLength(code) / 1_000).toFixed(1)} kB for ${originOf(values.backend)}`)
}
