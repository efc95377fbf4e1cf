import { parseArgs } from 'node:util'
import { type Figure, jsonOf, lineOf, tableOf } from './figure.ts'
import { measureActions } from './figures/actions.ts'
import { measureAddon } from './figures/addon.ts'
import { measureAgents } from './figures/agents.ts'
import { measureAnalytics } from './figures/analytics.ts'
import { measureRebuild } from './figures/analytics-rebuild.ts'
import { measureSheets } from './figures/analytics-sheets.ts'
import { measureBackfill } from './figures/backfill.ts'
import { measureCard } from './figures/card.ts'
import { measureDeskPage } from './figures/desk-page.ts'
import { measureGrowth } from './figures/growth.ts'
import { measureLake } from './figures/lake.ts'
import { measureLatency } from './figures/latency.ts'
import { measureList } from './figures/list.ts'
import { measureMailToTicket } from './figures/mail-to-ticket.ts'
import { measureMemory } from './figures/memory.ts'
import { measureQueue } from './figures/queue.ts'
import { measureSearch } from './figures/search.ts'
import { measureShop } from './figures/shop.ts'
import { measureSla } from './figures/sla.ts'
import { measureStarting } from './figures/starting.ts'
import { measureSupervisor } from './figures/supervisor.ts'
import { measureViewers } from './figures/viewers.ts'
import { measureWallboard } from './figures/wallboard.ts'
import { surroundingsOf } from './surroundings.ts'
import { type Ground, prepareGround } from './world/ground.ts'
import type { Size } from './world/world.ts'

/** In this order: memory first, while the database is fresh; mail, the shop and actions last, because they write. */
const FIGURES: Record<string, (ground: Ground) => Promise<Figure[]>> = {
  memory: measureMemory,
  starting: measureStarting,
  addon: () => measureAddon(),
  card: measureCard,
  'desk-page': measureDeskPage,
  list: measureList,
  queue: measureQueue,
  growth: measureGrowth,
  search: measureSearch,
  sla: measureSla,
  wallboard: measureWallboard,
  supervisor: measureSupervisor,
  viewers: measureViewers,
  agents: measureAgents,
  mail: measureMailToTicket,
  latency: measureLatency,
  backfill: (ground) => measureBackfill(ground, size === 'full'),
  shop: measureShop,
  actions: measureActions,
  lake: measureLake,
  'lake-beside': measureRebuild,
  analytics: (ground) => measureAnalytics(ground, size),
  'sheets-report': measureSheets,
}

/** Only tables without bodies are that large. */
const NARROW = ['memory', 'starting', 'list', 'queue', 'growth', 'lake', 'analytics']

/** These make what they measure by themselves, of any size: they need a desk and its people, and no large world. */
const ON_ANY_WORLD = ['analytics']

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    huge: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
})
const size: Size = values.huge ? 'huge' : values.full ? 'full' : 'standard'
const unknown = (values.only ?? []).filter((name) => !FIGURES[name])
if (unknown.length > 0) {
  console.error(`There is no figure "${unknown[0]}". Figures: ${Object.keys(FIGURES).join(', ')}`)
  process.exit(1)
}
const wanted = values.only ?? (size === 'huge' ? NARROW : Object.keys(FIGURES))
const say = (line: string) => console.error(line) // standard output is for the figures alone
const started = performance.now()
const ground = await prepareGround(wanted.every((name) => ON_ANY_WORLD.includes(name)) ? 'standard' : size, say)
const figures: Figure[] = []
let isWhole = false
try {
  say(await surroundingsOf(ground.database.urls.owner))
  for (const name of wanted) {
    say(`measuring ${name} …`)
    const measured = (await FIGURES[name]?.(ground)) ?? []
    for (const one of measured) say(`  ${lineOf(one)}`) // whoever breaks off keeps what is there
    figures.push(...measured)
  }
  isWhole = true
} finally {
  await ground.close(isWhole)
}
console.log(values.json ? jsonOf(figures) : tableOf(figures))
say(`${((performance.now() - started) / 1_000).toFixed(0)} s in all`)
process.exit(0)
