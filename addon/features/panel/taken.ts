/** The fields that a press takes along, and what the body calls them: `tags note:text`. */
export const takenBy = (takes: string): { name: string; as: string }[] =>
  takes
    .split(' ')
    .filter(Boolean)
    .map((take) => {
      const [name = '', as = name] = take.split(':')
      return { name, as }
    })
