import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventObject, type Moment } from '../../../workbench/apps-script/event-objects.ts'
import {
  type AppsScript,
  type AppsScriptOptions,
  type Caller,
  type GoogleUser,
  startAppsScript,
} from '../../../workbench/apps-script/index.ts'

export const nora: GoogleUser = {
  email: 'nora@shop.example',
  sub: '1001',
  hd: 'shop.example',
  locale: 'en-US',
  timeZone: 'Europe/Berlin',
}
export const ben: GoogleUser = { ...nora, email: 'ben@shop.example', sub: '1002' }

type Setting = {
  oauthScopes?: string[]
  urlFetchWhitelist?: string[]
  common?: Record<string, unknown>
  gmail?: Record<string, unknown>
  options?: Partial<AppsScriptOptions>
}

const started: AppsScript[] = []
const folders: string[] = []

/** Ends all scripts of a test: for `afterEach`. */
export async function endScripts(): Promise<void> {
  for (const appsScript of started.splice(0)) await appsScript.close()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
}

/** A tiny add-on written in the test, run by the real runtime. */
export async function script(source: string, setting: Setting = {}) {
  const { oauthScopes = [], urlFetchWhitelist = [], common = {}, gmail = {}, options = {} } = setting
  const addOns = { common: { name: 'Tiny', ...common }, gmail, sheets: {} }
  const manifest = { timeZone: 'Etc/UTC', runtimeVersion: 'V8', oauthScopes, urlFetchWhitelist, addOns }
  const folder = await mkdtemp(join(tmpdir(), 'apps-script-'))
  folders.push(folder)
  const paths = { bundle: join(folder, 'Code.js'), manifest: join(folder, 'appsscript.json') }
  await writeFile(paths.bundle, source)
  await writeFile(paths.manifest, JSON.stringify(manifest))
  const appsScript = await startAppsScript({
    ...paths,
    clock: { now: () => new Date() },
    identityToken: async (user, claims) => `token of ${claims.email ? user.email : user.sub}`,
    gmailUrl: 'http://127.0.0.1:9',
    gmailAccessToken: (user) => `gmail-${user.sub}`,
    ...options,
  })
  started.push(appsScript)

  const run = (name: string, caller: Caller = 'trigger', moment: Partial<Moment> = {}) => {
    const user = moment.user ?? nora
    const nowMs = appsScript.clock.now().getTime()
    const event = eventObject(appsScript.manifest(), { hostApp: 'GMAIL', platform: 'WEB', nowMs, ...moment, user })
    return appsScript.run({ function: name, event, user, caller })
  }

  return {
    appsScript,
    paths,
    run,
    /** What a function says: the text of its first log line. Fails when the execution does. */
    async says(name: string, moment: Partial<Moment> = {}): Promise<string> {
      const execution = await run(name, 'trigger', moment)
      if (!execution.ok) throw new Error(execution.message)
      return execution.logs[0]?.text ?? ''
    },
    /** The message of an execution that fails. */
    async fails(name: string, caller: Caller = 'trigger', moment: Partial<Moment> = {}): Promise<string> {
      const execution = await run(name, caller, moment)
      if (execution.ok) throw new Error(`${name} did not fail: ${JSON.stringify(execution)}`)
      return execution.message
    },
  }
}

/** A script whose function `run` logs the value of one expression. */
export async function evaluate(expression: string, setting: Setting = {}): Promise<string> {
  const tiny = await script(
    `function run(e) { const value = ${expression}; console.log(typeof value === 'string' ? value : JSON.stringify(value)) }`,
    setting,
  )
  return tiny.says('run')
}

/** The message of the error that one expression throws. */
export async function refusal(expression: string, setting: Setting = {}): Promise<string> {
  const tiny = await script(`function run(e) { ${expression} }`, setting)
  return tiny.fails('run')
}

/** The JSON of a card with these widgets, written as JavaScript. */
export async function cardOf(widgets: string, setting: Setting = {}) {
  const tiny = await script(cardSource(widgets), setting)
  const execution = await tiny.run('run')
  if (!execution.ok || execution.kind !== 'card') throw new Error(execution.ok ? execution.kind : execution.message)
  return execution.json
}

/** The message with which build() refuses a card with these widgets. */
export async function cardRefusal(widgets: string, setting: Setting = {}): Promise<string> {
  return (await script(cardSource(widgets), setting)).fails('run')
}

const cardSource = (widgets: string) => `
  const S = CardService
  const click = () => S.newAction().setFunctionName('go')
  const button = (text) => S.newTextButton().setText(text).setOnClickAction(click())
  function run() {
    const section = S.newCardSection()
    const card = S.newCardBuilder()
    for (const widget of [${widgets}]) section.addWidget(widget)
    return card.addSection(section).build()
  }`
