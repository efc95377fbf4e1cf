import { changesPage } from './changes-page.ts'
import { domainsPage } from './domains-page.ts'
import { keyForm, keysPage, replacementForm, revocationForm } from './keys-page.ts'
import type { Page } from './page.ts'
import { accessForm, invitationForm, roleForm, staffPage, startForm } from './staff-page.ts'
import { workspaceForm, workspacePage } from './workspace-page.ts'

export const settingPages: readonly Page[] = [
  workspacePage,
  workspaceForm,
  staffPage,
  invitationForm,
  roleForm,
  accessForm,
  startForm,
  domainsPage,
  changesPage,
  keysPage,
  keyForm,
  replacementForm,
  revocationForm,
]
