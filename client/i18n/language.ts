import { chosenLanguage } from '../storage/chosen-language.ts'
import { DICTIONARIES } from './dictionaries.ts'
import { speakOfIdentity } from './identity-strings.ts'
import { speakOfHouse } from './moderation-strings.ts'
import { speakOfAttention } from './notification-strings.ts'
import { directionOf, pickLanguage } from './page-languages.ts'
import { speakOfSettings } from './settings-strings.ts'
import { speak } from './strings.ts'

/** For as long as the page is open: whoever chooses another has it loaded anew. */
export const language = pickLanguage(chosenLanguage(), globalThis.navigator?.languages ?? [])

const { door, inside, house, identity, attention, settings } = DICTIONARIES[language]

/** Sets the page's language and direction at once, and its words when they are there. */
export async function loadWords(): Promise<void> {
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
  speak(await door())
}

/** What is said in rooms, and wherever rooms are spoken of. */
export async function loadInsideWords(): Promise<void> {
  speak(await inside())
}

export async function loadHouseWords(): Promise<void> {
  speakOfHouse(await house())
}

export async function loadIdentityWords(): Promise<void> {
  speakOfIdentity(await identity())
}

export async function loadAttentionWords(): Promise<void> {
  speakOfAttention(await attention())
}

/** With those about the device, which the settings lead to. */
export async function loadSettingsWords(): Promise<void> {
  const [ofSettings] = await Promise.all([
    settings(),
    loadInsideWords(),
    loadIdentityWords(),
    loadAttentionWords(),
  ])
  speakOfSettings(ofSettings)
}
