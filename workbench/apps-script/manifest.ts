import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const Trigger = z.object({ runFunction: z.string(), enabled: z.boolean().default(true) })
const UniversalAction = z.union([
  z.object({ label: z.string(), runFunction: z.string() }).strict(),
  z.object({ label: z.string(), openLink: z.string() }).strict(),
])
const Gmail = z.object({
  homepageTrigger: Trigger.optional(),
  contextualTriggers: z.array(z.object({ unconditional: z.object({}), onTriggerFunction: z.string() })).default([]),
  composeTrigger: z
    .object({
      draftAccess: z.enum(['NONE', 'METADATA']).default('NONE'),
      selectActions: z.array(z.object({ text: z.string(), runFunction: z.string() })).max(1),
    })
    .optional(),
})
const Sheets = z.object({ homepageTrigger: Trigger.optional(), onFileScopeGrantedTrigger: Trigger.optional() })
const Common = z.object({
  name: z.string(),
  logoUrl: z.string().optional(),
  homepageTrigger: Trigger.optional(),
  layoutProperties: z
    .object({ primaryColor: z.string().optional(), secondaryColor: z.string().optional() })
    .default({}),
  openLinkUrlPrefixes: z.array(z.string()).default([]),
  universalActions: z.array(UniversalAction).default([]),
  useLocaleFromApp: z.boolean().default(false),
})

/** The part of appsscript.json that decides how an add-on runs. */
const Manifest = z.object({
  timeZone: z.string(),
  runtimeVersion: z.enum(['V8', 'STABLE']),
  oauthScopes: z.array(z.string()),
  urlFetchWhitelist: z.array(z.string()).default([]),
  addOns: z.object({ common: Common, gmail: Gmail.optional(), sheets: Sheets.optional() }),
})
export type Manifest = z.infer<typeof Manifest>
export type HostApp = 'GMAIL' | 'SHEETS'

export async function readManifest(path: string): Promise<Manifest> {
  return Manifest.parse(JSON.parse(await readFile(path, 'utf8')))
}

/** The function that draws a host's homepage: the host's own trigger goes before the common one. */
export function homepageFunction({ addOns }: Manifest, host: HostApp): string | undefined {
  const own = addOns[host === 'GMAIL' ? 'gmail' : 'sheets']
  const trigger = own?.homepageTrigger ?? addOns.common.homepageTrigger
  return own && trigger?.enabled ? trigger.runFunction : undefined
}
