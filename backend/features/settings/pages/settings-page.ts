import { PEOPLE_AT_WORK, type StaffRole } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { type Page, page, SETTING_GROUPS, type SettingEntry } from './page.ts'

/** Everything that can be set, by group; each sees what their role may open. @param pages all pages of the desk */
export const settingsPage = (pages: () => readonly Page[]): Page =>
  page(
    '/settings',
    PEOPLE_AT_WORK,
    async (_ctx, { actor }) => ({ title: 'Settings', body: view(entriesFor(pages(), actor.role)) }),
    'Settings',
  )

type Entry = SettingEntry & { path: string }

const entriesFor = (pages: readonly Page[], role: StaffRole): Entry[] =>
  pages.flatMap(({ path, menu, roles }) =>
    menu !== null && typeof menu === 'object' && roles.includes(role) ? [{ path, ...menu }] : [],
  )

const view = (entries: readonly Entry[]) => html`
  <h1>Settings</h1>
  ${SETTING_GROUPS.map((group) =>
    section(
      group,
      entries.filter((entry) => entry.group === group),
    ),
  )}`

const section = (group: string, entries: readonly Entry[]) =>
  entries.length > 0 &&
  html`<section aria-label=${group}><h2>${group}</h2>
    <ul>${entries.map(({ path, word }) => html`<li><a href=${path}>${word}</a></li>`)}</ul></section>`
