import { Command } from 'commander'
import { databaseCommands } from './admin/database.ts'
import { doctorCommand } from './admin/doctor.ts'
import { domainCommands } from './admin/domains.ts'
import { exitWith } from './admin/failing.ts'
import { financeCommands } from './admin/finance.ts'
import { keyCommands } from './admin/keys.ts'
import { mailboxCommands } from './admin/mailboxes.ts'
import { shopCommands } from './admin/shops.ts'
import { staffCommands } from './admin/staff.ts'
import { workspaceCommands } from './admin/workspaces.ts'

const program = new Command('npm run admin --')
  .description(
    'Sets Sidedesk up and looks after it. Every change is recorded in the audit trail as made by the system.',
  )
  .showHelpAfterError('Add --help to see what a command takes.')
  .addHelpText(
    'after',
    '\nThe configuration is read from the environment, else from .env in this folder, else from the demo that `npm start` runs here.',
  )

databaseCommands(program)
workspaceCommands(program)
domainCommands(program)
staffCommands(program)
keyCommands(program)
mailboxCommands(program)
shopCommands(program)
financeCommands(program)
doctorCommand(program)

try {
  await program.parseAsync()
} catch (error) {
  exitWith(error)
}
