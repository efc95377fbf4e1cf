import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Manifest } from '../../../toolchain/addon/manifest.ts'
import { buildAddon } from '../../../toolchain/build-addon.ts'
import { type Execution, type GoogleUser, startAppsScript } from '../../../workbench/apps-script/index.ts'
import type { Google } from '../../../workbench/emulators/google/google.ts'
import { createPanel } from '../../../workbench/host/panel/panel.ts'
import { driven } from './driven-panel.ts'

export type Where = { hostApp?: 'GMAIL' | 'SHEETS'; platform?: 'WEB' | 'ANDROID'; spreadsheet?: string }

type Options = {
  /** The address the bundle is built for, and where it really is. */
  origin: string
  target: string
  google: Google
  clock: { now(): Date }
  identityToken: (user: GoogleUser, claims: { email: boolean }) => string
  manifest?: (stamped: Manifest) => Manifest
  locale?: string
}

/** The real bundle, built for this test, in the real runtime; each panel is one person's. */
export async function openRuntime(options: Options) {
  const { origin, target, google, clock, manifest = (stamped) => stamped, locale = 'en-GB' } = options
  const folder = await mkdtemp(join(tmpdir(), 'sidedesk-addon-'))
  const built = await buildAddon({ backendUrl: origin, outDir: folder })
  await writeFile(built.manifestPath, JSON.stringify(manifest(built.manifest)))
  const failures: string[] = []
  const executions: (Execution & { function: string })[] = []
  const appsScript = await startAppsScript({
    bundle: built.codePath,
    manifest: built.manifestPath,
    clock,
    identityToken: async (user, claims) => options.identityToken(user, claims),
    gmailUrl: google.url,
    gmailAccessToken: (user) => google.users.accessToken(user.email),
    resolveUrl: (url) => url.replace(origin, target),
  })
  return {
    /** What the platform had to show instead of a card. */
    failures,
    /** Every call of the script, the oldest first, with what it asked Google for. */
    executions,
    spreadsheets: appsScript.spreadsheets,
    panelOf(email: string, where: Where = {}) {
      const { sub, hd } = google.users.get(email)
      const user = { email, sub, hd, locale, timeZone: 'Europe/Berlin' }
      const panel = createPanel({
        appsScript,
        user,
        onExecution: (call, execution) => {
          executions.push({ ...execution, function: call.function })
          if (!execution.ok) failures.push(`${call.function}: ${execution.message}`)
        },
        ...where,
      })
      return driven(panel)
    },
    async close() {
      await appsScript.close()
      await rm(folder, { recursive: true })
    },
  }
}
