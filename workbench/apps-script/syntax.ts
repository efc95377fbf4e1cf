import vm from 'node:vm'
import { transform } from 'esbuild'

const PRIVATE = ['field', 'method', 'accessor', 'brand-check', 'static-field', 'static-method', 'static-accessor']

/** What the parser of Apps Script does not know although Node's does, by esbuild's names. */
const UNSUPPORTED: Record<string, string[]> = {
  '#private names': PRIVATE.map((kind) => `class-private-${kind}`),
  'static class fields': ['class-static-field'],
  'static blocks': ['class-static-blocks'],
}

/** Refuses a bundle that Apps Script would not parse. Throws a SyntaxError. */
export async function refuseUnsupportedSyntax(source: string, file: string): Promise<void> {
  new vm.Script(source, { filename: file }) // a script, so import, export and top-level await are errors already
  const asWritten = await printed(source, [])
  for (const [what, features] of Object.entries(UNSUPPORTED)) {
    if ((await printed(source, features)) === asWritten) continue
    throw new SyntaxError(`${file}: Apps Script does not parse ${what}. Build with esbuild's target es2019.`)
  }
}

/** The source printed again with some features rewritten: it differs only if they are used. */
async function printed(source: string, without: string[]): Promise<string> {
  const supported = Object.fromEntries(without.map((feature) => [feature, false]))
  return (await transform(source, { target: 'esnext', supported })).code
}
