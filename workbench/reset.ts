import { FOLDERS, removeData } from './start/data-folder.ts'
import { troubleIn } from './start/trouble.ts'

try {
  const removed = Object.values(FOLDERS).flatMap(removeData)
  if (removed.length === 0) console.log('There is nothing to remove: no data was made yet.')
  for (const folder of removed) console.log(`Removed ${folder}`)
  if (removed.length > 0) console.log('The next npm start begins with a fresh shop.')
} catch (error) {
  console.error(
    `${troubleIn(error)}\nNothing was stopped and nothing removed. Stop Sidedesk first (Ctrl-C where it runs).`,
  )
  process.exitCode = 1
}
