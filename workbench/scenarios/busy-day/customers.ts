import type { Country, Place } from '../shop-world/people/person.ts'
import type { Person } from '../story.ts'
import type { Draw } from './drawing.ts'

export type Language = 'en' | 'de' | 'fr' | 'es' | 'nl' | 'it'

export interface BusyCustomer extends Person {
  language: Language
  place: Place
}

interface Land {
  first: string[]
  last: string[]
  places: [string, string, string, Country][]
}

const LANDS: Record<Language, Land> = {
  en: {
    first:
      'Alice Barnaby Cora Dermot Edith Fergus Greta Harriet Imran Joan Kenji Lorna Mabel Niall Olive Patrick Queenie Rupert Sheila Tariq Una Victor Winnie Yasmin Angus Bridget Callum Daphne Errol Fay'.split(
        ' ',
      ),
    last: 'Ashdown Barrow Cobb Dunmore Eddery Fairley Goodwin Hartley Ingle Jessop Kettle Lowther Marsh Netley Oakes Penrose Quill Ramsey Sturgess Thwaite Upton Vickers Wendover Yeoman Bramall Croft Dacre Elwood Firth Garland'.split(
      ' ',
    ),
    places: [
      ['3 Canal Walk', 'LS99 2BB', 'Leeds', 'GB'],
      ['41 Chapel Hill', 'EX99 4PQ', 'Exeter', 'GB'],
      ['Flat 6, 12 Quay Street', 'BS99 1DD', 'Bristol', 'GB'],
      ['The Forge, Mill Lane', 'SY99 7HH', 'Ludlow', 'GB'],
      ['88 Station Road', 'NR99 5RT', 'Norwich', 'GB'],
      ['19 Highfield Crescent', 'EH99 3TT', 'Edinburgh', 'GB'],
    ],
  },
  de: {
    first: 'Annika Bastian Carla Dieter Elke Friedrich Gudrun Heiko Jana Konrad'.split(' '),
    last: 'Albers Brandt Claussen Dietz Engel Fuchs Grote Hansen Jäger Kessler'.split(' '),
    places: [
      ['Lindenweg 4', '99998', 'Freiburg', 'DE'],
      ['Am Markt 17', '99997', 'Münster', 'DE'],
    ],
  },
  fr: {
    first: 'Aurélie Benoît Camille Didier Estelle Florian Gisèle Hélène'.split(' '),
    last: 'Armand Besson Chevalier Dubreuil Estève Faure Girard Huet'.split(' '),
    places: [['5 rue des Tilleuls', '99001', 'Angers', 'FR']],
  },
  es: {
    first: 'Alba Bruno Carmen Diego Elena Fermín Gloria Hugo'.split(' '),
    last: 'Aguirre Benítez Castaño Durán Espejo Fuentes Garrido Heras'.split(' '),
    places: [['14 Mint Street', 'SE99 1QA', 'London', 'GB']],
  },
  nl: {
    first: 'Aafke Bram Daan Els Floor Gijs Hanneke Joost'.split(' '),
    last: 'Aalbers Bosman Dekker Elzinga Fokkema Groen Haring Jonker'.split(' '),
    places: [['Prinsengracht 999', '1017 ZZ', 'Amsterdam', 'NL']],
  },
  it: {
    first: 'Agnese Bruna Cesare Dario Elisa Fabio Ginevra Ivo'.split(' '),
    last: 'Albani Bruschi Conti Donati Fabbri Gallo Lotti Marini'.split(' '),
    places: [['Via dei Fichi 12', '99010', 'Torino', 'IT']],
  },
}

const HOSTS = ['postbox.example', 'larkmail.example', 'hillside.example', 'brightpost.example', 'quillmail.example']

const plain = (name: string) => name.normalize('NFD').replaceAll(/[^a-zA-Z]/g, '')

/** People nobody at the shop knows yet by name; each has an address of the own. */
export function newcomers(draw: Draw): (language: Language) => BusyCustomer {
  const taken = new Set<string>()
  return (language) => {
    const { first, last, places } = LANDS[language]
    for (;;) {
      const name = `${draw.one(first)} ${draw.one(last)}`
      if (taken.has(name)) continue
      taken.add(name)
      const email = `${name.split(' ').map(plain).join('.').toLowerCase()}@${draw.one(HOSTS)}`
      const [street, zip, city, country] = draw.one(places)
      return { name, email, language, place: { street, zip, city, country } }
    }
  }
}
