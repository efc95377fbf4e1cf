import type { Language } from '../customers.ts'

interface Manners {
  greetings: string[]
  closings: string[]
  /** Before the first answer, when it takes too long. */
  again: string[]
  /** About the answer. */
  back: string[]
  thanks: string[]
  /** How an agent begins; the name follows. */
  dear: string
}

/** How people begin and end, ask again, come back to an answer and say thank you. */
export const MANNERS: Record<Language, Manners> = {
  en: {
    greetings: [
      'Hello,',
      'Hi there,',
      'Good morning,',
      'Dear Fern & Fig,',
      'Hello Fern & Fig team,',
      'Good afternoon,',
    ],
    closings: ['Kind regards', 'Best wishes', 'Thank you', 'Yours', 'Many thanks', 'With best wishes'],
    again: [
      'I forgot to say: I am at work until six, please do not ring.',
      'One more thing, the name on the bell is my maiden name.',
      'Has anybody read this yet? It is rather important to me.',
      'I found the order mail meanwhile, the number is right.',
      'Sorry to write twice. A photo is not possible, my phone has given up.',
      'Please answer to this address and not to the one in the order.',
    ],
    back: [
      'Thanks for the quick answer. But the page still shows the old state, can you look once more?',
      'That would be fine. Only the day does not suit me, is another one possible?',
      'Good. And what about the delivery charge that I paid?',
      'I would rather have another one than the money, if that is still possible.',
      'Yes please. The colour does not matter.',
      'I do not quite understand. Do I have to do anything now?',
    ],
    thanks: [
      'Thank you!',
      'Thanks, that was quick.',
      'Perfect, thank you so much!',
      'Many thanks for your help.',
      'Great, thanks a lot!',
    ],
    dear: 'Hello',
  },
  de: {
    greetings: ['Guten Tag,', 'Hallo,', 'Sehr geehrte Damen und Herren,'],
    closings: ['Mit freundlichen Grüßen', 'Viele Grüße', 'Beste Grüße'],
    again: ['Eines noch: bitte rufen Sie nicht an, schreiben Sie lieber.', 'Gibt es schon etwas Neues?'],
    back: ['Danke für die Antwort. Und was ist mit den Versandkosten?', 'Geht es auch am Samstag?'],
    thanks: ['Vielen Dank!', 'Danke, das ging schnell.'],
    dear: 'Guten Tag',
  },
  fr: {
    greetings: ['Bonjour,', 'Madame, Monsieur,'],
    closings: ['Bien cordialement', 'Merci d’avance', 'Cordialement'],
    again: ['J’ai oublié de dire que je suis absente jeudi.', 'Avez-vous reçu mon message ?'],
    back: ['Je préfère un nouvel envoi, merci.', 'Et les frais de port ?'],
    thanks: ['Merci beaucoup !', 'Parfait, merci.'],
    dear: 'Bonjour',
  },
  es: {
    greetings: ['Hola:', 'Buenos días:'],
    closings: ['Un saludo', 'Muchas gracias', 'Saludos cordiales'],
    again: ['Olvidé decir que el cumpleaños es el domingo.'],
    back: ['¿Y por mensajero tampoco?'],
    thanks: ['¡Muchas gracias!'],
    dear: 'Hola',
  },
  nl: {
    greetings: ['Hallo,', 'Goedemiddag,'],
    closings: ['Met vriendelijke groet', 'Groetjes'],
    again: ['Ik hoor graag iets, het feest is al vrijdag.'],
    back: ['Kan het ook bij de buren worden afgegeven?'],
    thanks: ['Dank je wel!'],
    dear: 'Hallo',
  },
  it: {
    greetings: ['Buongiorno,', 'Salve,'],
    closings: ['Cordiali saluti', 'Grazie e saluti'],
    again: ['Dimenticavo: il numero della ricevuta è sul foglio allegato al pacco.'],
    back: ['Sul conto giusto? Ne ho cambiato uno da poco.'],
    thanks: ['Grazie mille!'],
    dear: 'Buongiorno',
  },
}
