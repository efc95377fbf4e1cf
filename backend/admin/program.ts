import { Command } from 'commander'
import { databaseCommands } from './database.ts'
import { doctorCommand } from './doctor.ts'
import { domainCommands } from './domains.ts'
import { financeCommands } from './finance.ts'
import { keyCommands } from './keys.ts'
import { lakeCommands } from './lake.ts'
import { mailboxCommands } from './mailboxes.ts'
import { shopCommands } from './shops.ts'
import { staffCommands } from './staff.ts'
import { workspaceCommands } from './workspaces.ts'

/** Every command of the command line. @param program may say already where it writes and how it ends */
export function adminProgram(program = new Command()): Command {
  program
    .name('npm run admin --')
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
  lakeCommands(program)
  doctorCommand(program)
  return program
}
