import type { Card } from '../../apps-script/card-service/json.ts'

/** Cards that Google shows in the add-on's place; the wording is ours. */
export function genericHomepage(name: string): Card {
  return {
    header: { title: name },
    sections: [{ widgets: [{ textParagraph: { text: 'Open a message to use this add-on.' } }] }],
  }
}

type Prompt = { authorizationUrl: string; resource: string; cards: Card[] }

export function authorizationCards({ authorizationUrl, resource, cards }: Prompt): Card[] {
  if (cards.length > 0) return cards
  const openLink = { url: authorizationUrl, openAs: 'OVERLAY', onClose: 'RELOAD' }
  const text = `This add-on would like to access ${resource}.`
  const widgets = [
    { textParagraph: { text } },
    { buttonList: { buttons: [{ text: 'Authorize access', onClick: { openLink } }] } },
  ]
  return [{ header: { title: 'Authorization required' }, sections: [{ widgets }] }]
}
