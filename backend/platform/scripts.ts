import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import type { Express } from 'express'
import { DeskError } from './errors.ts'

const LASTS_MS = 300_000

/**
 * Serves our scripts for browsers, each as a module at /scripts/<name>.js. They are few and small, and sent as they are written, without
 * their types; pages work without them.
 * @param folder holds them
 */
export function mountScripts(app: Express, folder: URL): void {
  let scripts: ReadonlyMap<string, string> | null = null
  app.get('/scripts/:name', (request, response) => {
    response.locals.endpoint = 'GET /scripts/:name'
    scripts ??= readScripts(folder)
    const script = scripts.get(request.params.name)
    if (script === undefined) throw new DeskError('not_found', 'There is no such script.')
    response
      .set('Cache-Control', `public, max-age=${LASTS_MS / 1_000}`)
      .type('js')
      .send(script)
  })
}

function readScripts(folder: URL): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  return new Map(
    names.map((name) => [name.replace(/\.ts$/, '.js'), inJavaScript(readFileSync(new URL(name, folder), 'utf8'))]),
  )
}

/** Modules import each other by the names that they are served by. */
const inJavaScript = (script: string): string =>
  stripTypeScriptTypes(script).replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'")
