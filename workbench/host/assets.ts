import { readdir, readFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { Router } from 'express'

export interface Assets {
  script: string
  style: string
}

/** The page's script in one piece, and its styles: ours by concern, then the panel's. */
export async function buildAssets(): Promise<Assets> {
  const [bundle, style] = await Promise.all([
    build({
      entryPoints: [new URL('page/main.ts', import.meta.url).pathname],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      minify: true,
      logLevel: 'silent',
    }),
    styles(),
  ])
  return { script: bundle.outputFiles[0]?.text ?? '', style }
}

export function assetRoutes({ script, style }: Assets): Router {
  const router = Router()
  router.get('/assets/app.js', (_, response) => response.type('js').send(script))
  router.get('/assets/app.css', (_, response) => response.type('css').send(style))
  router.get('/assets/icon.svg', (_, response) => response.type('svg').send(ICON))
  return router
}

async function styles(): Promise<string> {
  const folder = new URL('styles/', import.meta.url)
  const files = (await readdir(folder)).filter((name) => name.endsWith('.css')).sort()
  const texts = [...files.map((name) => new URL(name, folder)), new URL('panel/panel.css', import.meta.url)].map(
    (file) => readFile(file, 'utf8'),
  )
  return (await Promise.all(texts)).join('\n')
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="2" y="5" width="28" height="22" rx="6" fill="#0b6e4f"/><path d="M7 12l9 7 9-7" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>'
